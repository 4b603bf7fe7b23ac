// Stands in until the real clients land: delete this file then.
#pragma warning disable
using System.Text.Json; using Refit; using System.Text.Json.Serialization;
namespace Cake.Heroku;
public sealed class HerokuClients : IHerokuStreams {
 public IHerokuApi Api; public IHerokuDataApi Data; public IHerokuStreams Streams => this;
 public static HerokuClients From(IReadOnlyDictionary<string,string> e){
  var http=new HttpClient{BaseAddress=new Uri(e["HEROKU_HOST"])}; http.DefaultRequestHeaders.Authorization=new("Bearer",e["HEROKU_API_KEY"]); http.DefaultRequestHeaders.TryAddWithoutValidation("Accept","application/vnd.heroku+json; version=3.sdk");
  var o=new JsonSerializerOptions(JsonSerializerDefaults.Web){PropertyNamingPolicy=JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition=JsonIgnoreCondition.WhenWritingNull};
  var s=new RefitSettings{ContentSerializer=new SystemTextJsonContentSerializer(o)};
  return new(){Api=RestService.For<IHerokuApi>(http,s),Data=RestService.For<IHerokuDataApi>(http,s)}; }
 public async IAsyncEnumerable<LogLine> ReadLogAsync(LogSession session, CancellationToken ct){ using var h=new HttpClient(); foreach(var l in (await h.GetStringAsync(session.LogplexUrl.ToUri(),ct)).Split((char)10)) yield return new(null,"","",l); }
 public IAsyncEnumerable<string> ReadOutputAsync(SecretUrl o, CancellationToken ct)=>throw new NotSupportedException();
 public async Task PutSourceAsync(SourceLocation source, Stream tarball, CancellationToken ct){ using var h=new HttpClient(); using var a=await h.PutAsync(source.PutUrl.ToUri(),new StreamContent(tarball),ct); a.EnsureSuccessStatusCode(); }
}
