using System.Net;
using ReleaseTasks.Sandbox.Chat;
using ReleaseTasks.Sandbox.Tests.GitHub;
using ReleaseTasks.Sandbox.Tests.Monitoring;

namespace ReleaseTasks.Sandbox.Tests.Chat;

public sealed class SlackMessages
{
    private static readonly SlackSecrets Secrets = new("T0/B0/hook", "bot");

    [Test]
    public async Task Come_in_by_the_webhook_and_can_be_read_afterwards()
    {
        await using var host = await StartAsync();
        using var client = new HttpClient { BaseAddress = host.Address };

        var json = await client.PostAsync("slack/services/T0/B0/hook", new StringContent("""{"text":"one <&>"}""", null, "application/json"));
        var form = await client.PostAsync("slack/services/T0/B0/hook", new FormUrlEncodedContent([new("payload", """{"text":"two"}""")]));

        Assert.That((json.StatusCode, await json.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.OK, "ok")));
        Assert.That(form.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var listed = await client.AskAsync("slack/messages");
        Assert.That(listed.Body!.AsArray().Select(message => message!["text"]!.ToString()), Is.EqualTo(new[] { "one <&>", "two" }));
        Assert.That(host.StateFile<ChatState>().Load().Messages, Has.Count.EqualTo(2));
    }

    [TestCase("T0/B0/hook", "{", HttpStatusCode.BadRequest, "invalid_payload")]
    [TestCase("T0/B0/hook", "[]", HttpStatusCode.BadRequest, "invalid_payload")]
    [TestCase("T0/B0/hook", "{}", HttpStatusCode.BadRequest, "no_text")]
    [TestCase("T0/B0/other", """{"text":"a"}""", HttpStatusCode.NotFound, "no_service")]
    public async Task Are_refused_by_the_webhook_in_plain_text(string secret, string body, HttpStatusCode status, string error)
    {
        await using var host = await StartAsync();
        using var client = new HttpClient { BaseAddress = host.Address };

        var answer = await client.PostAsync($"slack/services/{secret}", new StringContent(body, null, "application/json"));

        Assert.That((answer.StatusCode, await answer.Content.ReadAsStringAsync()), Is.EqualTo((status, error)));
        Assert.That(host.StateFile<ChatState>().Load().Messages, Is.Empty);
    }

    [Test]
    public async Task Reach_a_person_privately_by_their_address()
    {
        await using var host = await StartAsync();
        using var bot = BotOf(host);

        var found = await bot.AskAsync("users.lookupByEmail?email=dz0ny@example.com");
        var opened = await bot.SendAsync("POST", "conversations.open", $"users={found.Text("user", "id")}");
        var posted = await bot.SendAsync("POST", "chat.postMessage", $"channel={opened.Text("channel", "id")}&text=a%20%26%20b&blocks=%5B%5D");
        var direct = await bot.SendAsync("POST", "chat.postMessage", $"channel={found.Text("user", "id")}&text=again");

        Assert.That((posted.Text("ok"), direct.Text("channel")), Is.EqualTo(("true", opened.Text("channel", "id"))));
        Assert.That(posted.Text("ts"), Is.Not.EqualTo(direct.Text("ts")));
        Assert.That(
            host.StateFile<ChatState>().Load().Messages.Select(message => (message.To, message.Text, message.Blocks)),
            Is.EqualTo(new[] { ("dz0ny@example.com", "a & b", "[]"), ("dz0ny@example.com", "again", (string?)null) }));
    }

    [TestCase("chat.postMessage", "channel=nowhere&text=a", "channel_not_found")]
    [TestCase("chat.postMessage", "channel=releases", "no_text")]
    [TestCase("users.lookupByEmail", "email=nobody@example.com", "users_not_found")]
    [TestCase("conversations.open", "users=U9", "user_not_found")]
    [TestCase("chat.shout", "", "unknown_method")]
    public async Task Are_refused_by_the_web_api_with_200_and_a_reason(string method, string form, string error)
    {
        await using var host = await StartAsync();
        using var bot = BotOf(host);

        var answer = await bot.SendAsync("POST", method, form);

        Assert.That((answer.Status, answer.Text("ok"), answer.Text("error")), Is.EqualTo((HttpStatusCode.OK, "false", error)));
    }

    [Test]
    public async Task Need_the_bots_token()
    {
        await using var host = await StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(host.Address, "/slack/api/") };

        var none = await client.SendAsync("POST", "chat.postMessage", "channel=releases&text=a");
        client.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");
        var wrong = await client.SendAsync("POST", "chat.postMessage", "channel=releases&text=a");

        Assert.That((none.Text("error"), wrong.Text("error")), Is.EqualTo(("not_authed", "invalid_auth")));
    }

    [Test]
    public async Task Are_taken_about_one_a_second_for_each_channel()
    {
        await using var host = await StartAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        using var bot = BotOf(host);
        for (var i = 0; i < 10; i++)
        {
            await client.PostAsync("slack/services/T0/B0/hook", new StringContent("""{"text":"a"}"""));
        }

        var webhook = await client.PostAsync("slack/services/T0/B0/hook", new StringContent("""{"text":"too many"}"""));
        using var call = await bot.PostAsync("chat.postMessage", new FormUrlEncodedContent([new("channel", "releases"), new("text", "too many")]));
        var privately = await bot.SendAsync("POST", "chat.postMessage", "channel=U00000001&text=private");
        host.Time.Advance(TimeSpan.FromSeconds(10));
        var later = await bot.SendAsync("POST", "chat.postMessage", "channel=releases&text=later");

        Assert.That((webhook.StatusCode, webhook.Headers.RetryAfter?.Delta), Is.EqualTo((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1))));
        Assert.That((call.StatusCode, call.Headers.RetryAfter?.Delta), Is.EqualTo((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1))));
        Assert.That(await call.Content.ReadAsStringAsync(), Is.EqualTo("""{"ok":false,"error":"ratelimited"}"""));
        Assert.That((privately.Text("ok"), later.Text("ok")), Is.EqualTo(("true", "true")));
        Assert.That(host.StateFile<ChatState>().Load().Messages.Select(m => m.Text), Has.None.EqualTo("too many"));
    }

    [Test]
    public async Task Come_from_Slacks_own_client()
    {
        await using var host = await StartAsync();
        var slack = (SlackStandIn)host.StandIn;

        // The clock goes on with each look at it: the eleventh message in the channel comes 9.8 seconds after the first.
        host.Time.AutoAdvanceAmount = TimeSpan.FromSeconds(0.49);

        var seen = await NodeWalks.RunAsync("Chat/slack-walk.mjs", "@slack/web-api", slack.BotEnvironment(host.Address));

        Assert.That(seen.ToJsonString(), Is.EqualTo("""{"privately":true,"publicly":true,"nowhere":"channel_not_found","nobody":"users_not_found","me":"releases","waits":[1]}"""));
        Assert.That(
            slack.Messages.Take(2).Select(message => (message.To, message.Text)),
            Is.EqualTo(new[] { ("dz0ny@example.com", "Please review"), ("#releases", "sushi: maintenance on") }));
        Assert.That(slack.Messages[0].Blocks, Does.Contain("*Approve* &amp; merge"));
        Assert.That(slack.Messages, Has.Count.EqualTo(12));
    }

    private static Task<StandInHost> StartAsync() => StandInHost.StartAsync(host =>
    {
        var slack = new SlackStandIn(host.StateFile<ChatState>(), Secrets, host.Time);
        slack.AddUser("dz0ny", "dz0ny@example.com");
        return slack;
    });

    private static HttpClient BotOf(StandInHost host)
    {
        var client = new HttpClient { BaseAddress = new Uri(host.Address, "/slack/api/") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Secrets.BotToken);
        return client;
    }
}
