using Microsoft.AspNetCore.Routing;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>One service that the sandbox stands in for: Heroku, GitHub, Papertrail, Sentry, chat.</summary>
internal interface IStandIn
{
    /// <summary>Adds the service's requests, each with its documented path.</summary>
    void Map(IEndpointRouteBuilder routes);

    /// <summary>What a client needs in its environment to use this stand-in in place of the real service.</summary>
    /// <param name="address">The sandbox's own address, <c>http://127.0.0.1:PORT</c>.</param>
    IEnumerable<KeyValuePair<string, string>> Environment(Uri address);
}
