using System.Text.Json.Nodes;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tests.Running;

/// <summary>The kinds of step that no station has to itself, each seen in the world afterwards; nobody is asked to do one by hand.</summary>
public sealed class Carrying_out_typed_steps
{
    private const string Plan = """
        ## Solution
        **Original issue and supporting materials**: #3 a smaller app
        **Downsides**: None

        ## Roll-out plan
        **Deployment risks**: None
        **Deployment assistants**: dz0ny
        **Backing services related changes**: two config vars, another primary database
        **Backuping steps**:
          1. [ ] Create production DB rollback:
             `heroku addons:create heroku-postgresql:standard-0 --rollback HEROKU_POSTGRESQL_YELLOW --to now --app sushi`
          2. [ ] `heroku config:get MYVAR > MYVAR.old`

        **Deployment steps**:
          1. [ ] Merge PR into master
          2. [ ] `heroku rollback v51`
          3. [ ] Two settings: `heroku config:set FIRST=1 SECOND=two`
          3. [ ] `heroku ps:scale web=2 worker=0`
          4. [ ] Restart web
          5. [ ] `heroku ps:restart web.1`
          6. [ ] `heroku pg:promote HEROKU_POSTGRESQL_SILVER`
          8. [ ] `heroku config:unset MYVAR`

        ## Verification plan
          1. [ ] check that users can log in

        ## Rollback strategy
          1. [ ] `heroku config:unset FIRST SECOND`
          2. [ ] `heroku ps:scale web=1 worker=1`
          3. [ ] `heroku rollback vXX`
          4. [ ] `heroku pg:promote HEROKU_POSTGRESQL_YELLOW`
          5. [ ] `heroku config:set MYVAR=$(< MYVAR.old)`
        """;

    private Stage _stage = null!;
    private string _printed = null!;
    private IReadOnlyList<string> _requests = null!;

    [OneTimeSetUp]
    public async Task Roll_out()
    {
        _stage = await Stage.SetAsync();
        await _stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/pulls/3", new { body = Plan });
        using var recording = _stage.Record();
        _printed = await _stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default));
        _requests = recording.Requests;
    }

    [OneTimeTearDown]
    public async Task Leave_the_stage() => await _stage.DisposeAsync();

    [Test]
    public void Asks_no_person() => Assert.That(_printed, Does.Not.Contain("By hand"));

    [Test]
    public async Task Sets_the_config_vars_of_one_line_at_once_and_unsets_another()
    {
        var vars = await _stage.HerokuAsync("/apps/sushi/config-vars");

        Assert.That((vars["FIRST"]?.GetValue<string>(), vars["SECOND"]?.GetValue<string>(), vars["MYVAR"]), Is.EqualTo(("1", "two", (JsonNode?)null)));
        Assert.That(_requests.Count(request => request == "PATCH /apps/sushi/config-vars"), Is.EqualTo(2));
    }

    [Test]
    public async Task Scales_each_process_type()
    {
        var formation = (await _stage.HerokuAsync("/apps/sushi/formation")).AsArray().Where(type => type!["type"]!.GetValue<string>() is "web" or "worker").Select(type => $"{type!["type"]}={type["quantity"]}").Order();

        Assert.That(formation, Is.EqualTo(["web=2", "worker=0"]));
    }

    [Test]
    public void Restarts_a_process_type_and_a_dyno_and_sees_them_up_again()
    {
        Assert.That(_requests, Does.Contain("DELETE /apps/sushi/formations/web").And.Contain("DELETE /apps/sushi/dynos/web.1"));
        Assert.That(_printed, Does.Contain("ok Restart web: web.1, web.2 up again"));
    }

    [Test]
    public async Task Promotes_the_database_that_the_plan_made()
    {
        var attachments = (await _stage.HerokuAsync("/apps/sushi/addon-attachments")).AsArray();

        Assert.That(attachments.Single(attachment => attachment!["name"]!.GetValue<string>() == "DATABASE")!["addon"]!["name"]!.GetValue<string>(), Is.EqualTo("sushi-pr3-rollback"));
    }

    [Test]
    public async Task Rolls_a_release_back_by_its_number()
    {
        var releases = (await _stage.HerokuAsync("/apps/sushi/releases")).AsArray();
        var old = releases.Single(release => release!["version"]!.GetValue<int>() == 51)!["slug"]!["id"]!.GetValue<string>();

        var rolledBack = releases.Single(release => release!["description"]!.GetValue<string>() == "Rollback to v51");

        Assert.That(rolledBack!["slug"]!["id"]!.GetValue<string>(), Is.EqualTo(old));
    }
}
