using Microsoft.AspNetCore.Routing;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>Heroku's Platform API and Data API, and the apps behind them.</summary>
internal sealed class HerokuStandIn : IStandIn
{
    public void Map(IEndpointRouteBuilder routes)
    {
    }

    public IEnumerable<KeyValuePair<string, string>> Environment(Uri address)
    {
        yield return new("HEROKU_HOST", address.GetLeftPart(UriPartial.Authority));
        yield return new("HEROKU_DATA_HOST", address.Host);
    }
}
