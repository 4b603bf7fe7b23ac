using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseTasks.Chat;
using ReleaseTasks.Options;
using ReleaseTasks.Tests.GitHub;

namespace ReleaseTasks.Tests.Chat;

public sealed class TellingTheTeam
{
    private static readonly Recipient Team = new Recipient.Team();

    private Stub _stub = null!;
    private HttpClient _http = null!;
    private LeapingTime _time = null!;

    private static readonly ChatOptions Settings = new()
    {
        SlackChannel = "#team",
        People = new Dictionary<string, string> { ["zupo"] = "U012345678", ["Ann"] = "ann@example.com" },
    };

    [SetUp]
    public async Task StartAsync()
    {
        _stub = await Stub.StartAsync();
        _time = new LeapingTime(new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        _http = ChatAccess.Connect(_time, _ => { });
    }

    [TearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _stub.DisposeAsync();
    }

    [Test]
    public async Task Posts_to_a_webhook_and_lets_a_plans_words_mention_nobody()
    {
        _stub.On("POST /services/T0/B0/x", "ok");

        var outcome = await Webhook().NotifyAsync(Team, "<!channel> & co", default);

        Assert.That(outcome, Is.EqualTo(new Notification.Sent()));
        Assert.That(Text(_stub.Requests.Single().Body), Is.EqualTo("&lt;!channel&gt; &amp; co"));
    }

    [Test]
    public async Task Mentions_a_person_where_a_webhook_has_no_private_way()
    {
        _stub.On("POST /services/T0/B0/x", "ok");

        await Webhook().NotifyAsync(new Recipient.Person("zupo"), "please review", default);
        await Webhook().NotifyAsync(new Recipient.Person("ann"), "please review", default);
        await Webhook().NotifyAsync(new Recipient.Person("dz0ny"), "please review", default);

        Assert.That(
            _stub.Requests.Select(request => Text(request.Body)),
            Is.EqualTo(["<@U012345678> please review", "@ann please review", "@dz0ny please review"]));
    }

    [TestCase(410, "channel_is_archived", "Slack refused the message: channel_is_archived (410).")]
    [TestCase(404, "", "Slack refused the message: no reason given (404).")]
    [TestCase(429, "", "the chat service is asked too often (429).")]
    public async Task Says_that_a_message_was_not_sent(int status, string body, string reason)
    {
        _stub.On("POST /services/T0/B0/x", body, status);

        Assert.That(await Webhook().NotifyAsync(Team, "hello", default), Is.EqualTo(new Notification.NotSent(reason)));
    }

    [Test]
    public async Task Quotes_what_the_chat_says_of_a_message()
    {
        _stub.On("POST /api/chat.postMessage", JsonSerializer.Serialize(new { ok = false, error = "\u001b[2J" + new string('x', 9_000) }));

        var outcome = await new CleanNotifier(Bot(), text => text).NotifyAsync(Team, "hello", default);

        var reason = ((Notification.NotSent)outcome).Reason;
        Assert.That(reason, Does.StartWith(@"Slack refused the message: \x1b[2Jxxx"));
        Assert.That(reason, Does.EndWith("… (9,032 characters)").And.Length.LessThan(600));
    }

    [TestCase(0)]
    [TestCase(502)]
    public async Task Does_not_claim_to_know_what_it_cannot_and_posts_only_once(int status)
    {
        _stub.On("POST /services/T0/B0/x", "", status);

        var outcome = await Webhook().NotifyAsync(Team, "hello", default);

        Assert.That(outcome, Is.TypeOf<Notification.MayHaveBeenSent>());
        Assert.That(_stub.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(429, "NotSent")]
    [TestCase(403, "NotSent")]
    [TestCase(503, "MayHaveBeenSent")]
    public async Task Never_posts_twice_whatever_the_answer_asks_for(int status, string outcome)
    {
        _stub.On("POST /services/T0/B0/x", "slow down", status, ("Retry-After", "1")).On(
            "POST /api/chat.postMessage",
            "{}",
            status,
            ("Retry-After", "1"));

        var byWebhook = await Webhook().NotifyAsync(Team, "hello", default);
        var byBot = await Bot().NotifyAsync(Team, "hello", default);

        Assert.That((byWebhook.GetType().Name, byBot.GetType().Name), Is.EqualTo((outcome, outcome)));
        Assert.That(_stub.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Takes_no_secret_along_a_redirect()
    {
        await using var elsewhere = await Stub.StartAsync();
        _stub.On("POST /services/T0/B0/x", "", 307, ("Location", elsewhere.Address.AbsoluteUri))
            .On("POST /api/chat.postMessage", "", 307, ("Location", elsewhere.Address.AbsoluteUri));

        await Webhook().NotifyAsync(Team, "hello", default);
        await Bot().NotifyAsync(Team, "hello", default);

        Assert.That(elsewhere.Requests, Is.Empty);
    }

    [Test]
    public async Task Says_that_nobody_is_there_without_the_secret_address()
    {
        var address = new Uri(_stub.Address, "services/T0/B0/x");
        await _stub.DisposeAsync();

        var outcome = await new ChatAccess { SlackWebhook = address }.Notifier(Settings, _http).NotifyAsync(Team, "hello", default);

        Assert.That(outcome, Is.EqualTo(new Notification.NotSent("the chat service can't be reached.")));
    }

    [Test]
    public async Task A_bot_finds_a_person_by_their_address_and_writes_to_them()
    {
        _stub.On("GET /api/users.lookupByEmail?email=ann%40example.com", """{"ok":true,"user":{"id":"U012345678"}}""");
        _stub.On("POST /api/chat.postMessage", """{"ok":true,"channel":"D1","ts":"1732.1"}""");

        var outcome = await Bot().NotifyAsync(new Recipient.Person("ann"), "hello", default);

        Assert.That(outcome, Is.EqualTo(new Notification.Sent("1732.1")));
        Assert.That(_stub.Requests[1].Body, Does.Contain("\"channel\":\"U012345678\""));
        Assert.That(_stub.Requests[1].Headers["Authorization"], Is.EqualTo("Bearer xoxb-secret"));
    }

    [Test]
    public async Task A_bot_writes_to_the_channel_of_the_settings_and_to_a_person_by_id()
    {
        _stub.On("POST /api/chat.postMessage", """{"ok":true,"channel":"D1","ts":"1732.1"}""");

        await Bot().NotifyAsync(Team, "to all", default);
        await Bot().NotifyAsync(new Recipient.Person("@Zupo"), "to one", default);

        Assert.That(
            _stub.Requests.Select(request => (string?)JsonNode.Parse(request.Body)!["channel"]),
            Is.EqualTo(["#team", "U012345678"]));
    }

    [Test]
    public async Task A_bot_asks_again_who_somebody_is_and_posts_nothing_where_slack_does_not_know()
    {
        _stub.On("GET /api/users.lookupByEmail", "", 503).On("GET /api/users.lookupByEmail", """{"ok":false,"error":"users_not_found"}""");

        var outcome = await Bot().NotifyAsync(new Recipient.Person("ann"), "hello", default);

        Assert.That(outcome, Is.EqualTo(new Notification.NotSent("Slack didn't find 'ann@example.com': users_not_found.")));
        Assert.That(_stub.Requests, Has.Count.EqualTo(2));
    }

    [TestCase("""{"ok":false,"error":"channel_not_found"}""", "NotSent { Reason = Slack refused the message: channel_not_found. }")]
    [TestCase(
        """{"okay":true}""",
        "MayHaveBeenSent { Reason = Slack's answer to POST /api/chat.postMessage can't be read (at $). }")]
    [TestCase("<html>", "MayHaveBeenSent { Reason = Slack's answer to POST /api/chat.postMessage can't be read (at $). }")]
    public async Task A_bot_believes_the_body_and_not_the_status(string body, string outcome)
    {
        _stub.On("POST /api/chat.postMessage", body);

        Assert.That((await Bot().NotifyAsync(Team, "hello", default)).ToString(), Is.EqualTo(outcome));
    }

    [Test]
    public async Task A_bot_posts_nothing_where_it_does_not_know_to_whom()
    {
        var outcome = await Bot().NotifyAsync(new Recipient.Person("dz0ny"), "hello", default);

        Assert.That(outcome, Is.EqualTo(new Notification.NotSent("chat/people has no Slack user id and no e-mail address of 'dz0ny'.")));
        Assert.That(_stub.Requests, Is.Empty);
    }

    [TestCase("""{"text": "{text}"}""", """{"text": "a < \"b\""}""")]
    [TestCase("""{"content": "Release: {text}", "tts": false}""", """{"content": "Release: a < \"b\"", "tts": false}""")]
    [TestCase(
        """{"attachments": [{"content": {"body": [{"type": "TextBlock", "text": "{text}", "wrap": true}]}}]}""",
        """{"attachments": [{"content": {"body": [{"type": "TextBlock", "text": "a < \"b\"", "wrap": true}]}}]}""")]
    public async Task Any_other_webhook_gets_json_of_the_shape_that_the_settings_say(string template, string sent)
    {
        _stub.On("POST /hook", "", 204);

        var outcome = await Other(template).NotifyAsync(Team, "a < \"b\"", default);

        Assert.That(outcome, Is.EqualTo(new Notification.Sent()));
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(_stub.Requests.Single().Body), JsonNode.Parse(sent)), _stub.Requests.Single().Body);
    }

    [Test]
    public async Task Any_other_webhook_names_the_person()
    {
        _stub.On("POST /hook", "", 204);

        await Other(new ChatOptions().Webhook).NotifyAsync(new Recipient.Person("zupo"), "please review", default);

        Assert.That(Text(_stub.Requests.Single().Body), Is.EqualTo("@zupo please review"));
    }

    [Test]
    public void Keeps_its_secrets_out_of_its_text()
    {
        var access = new ChatAccess { SlackBotToken = "xoxb-secret", SlackWebhook = new("https://hooks.example.com/secret") };

        Assert.That(access.ToString(), Does.Not.Contain("secret"));
    }

    private INotifier Webhook() => new ChatAccess { SlackWebhook = new Uri(_stub.Address, "services/T0/B0/x") }.Notifier(Settings, Fresh());

    private INotifier Bot() =>
        new ChatAccess { SlackBotToken = "xoxb-secret", SlackApi = new Uri(_stub.Address, "api") }.Notifier(Settings, Fresh());

    private INotifier Other(string template) =>
        new ChatAccess { Webhook = new Uri(_stub.Address, "hook") }.Notifier(Settings with { Webhook = template }, Fresh());

    /// <summary>A connection is one notifier's.</summary>
    private HttpClient Fresh()
    {
        _http.Dispose();
        return _http = ChatAccess.Connect(_time, _ => { });
    }

    private static string? Text(string body) => JsonDocument.Parse(body).RootElement.GetProperty("text").GetString();
}
