using ReleaseTasks.Chat;
using ReleaseTasks.Tests.GitHub;

namespace ReleaseTasks.Tests.Chat;

public sealed class TellingTheTeam
{
    private static readonly Recipient Team = new Recipient.Team();

    private Stub _stub = null!;
    private HttpClient _http = null!;

    [SetUp]
    public async Task StartAsync() => (_stub, _http) = (await Stub.StartAsync(), new HttpClient());

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

        await Webhook().NotifyAsync(new Recipient.Person("U012345678"), "please review", default);

        Assert.That(Text(_stub.Requests.Single().Body), Is.EqualTo("<@U012345678> please review"));
    }

    [TestCase(410, "channel_is_archived", "Slack refused the message: channel_is_archived (410).")]
    [TestCase(404, "", "Slack refused the message: no reason given (404).")]
    [TestCase(429, "", "the chat service is asked too often (429).")]
    public async Task Says_that_a_message_was_not_sent(int status, string body, string reason)
    {
        _stub.On("POST /services/T0/B0/x", body, status);

        Assert.That(await Webhook().NotifyAsync(Team, "hello", default), Is.EqualTo(new Notification.NotSent(reason)));
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

    [Test]
    public async Task Says_that_nobody_is_there_without_the_secret_address()
    {
        var address = new Uri(_stub.Address, "services/T0/B0/x");
        await _stub.DisposeAsync();

        var outcome = await new ChatOptions { SlackWebhook = address }.Notifier(_http, TimeProvider.System)!.NotifyAsync(Team, "hello", default);

        Assert.That(outcome, Is.EqualTo(new Notification.NotSent("the chat service can't be reached.")));
    }

    [Test]
    public async Task A_bot_finds_a_person_by_their_address_and_writes_to_them()
    {
        _stub.On("GET /api/users.lookupByEmail?email=ann%40example.com", """{"ok":true,"user":{"id":"U012345678"}}""");
        _stub.On("POST /api/chat.postMessage", """{"ok":true,"channel":"D1","ts":"1732.1"}""");

        var outcome = await Bot().NotifyAsync(new Recipient.Person("ann@example.com"), "hello", default);

        Assert.That(outcome, Is.EqualTo(new Notification.Sent("1732.1")));
        Assert.That(_stub.Requests[1].Body, Does.Contain("\"channel\":\"U012345678\""));
        Assert.That(_stub.Requests[1].Headers["Authorization"], Is.EqualTo("Bearer xoxb-secret"));
    }

    [TestCase("""{"ok":false,"error":"channel_not_found"}""", "NotSent { Reason = Slack refused the message: channel_not_found. }")]
    [TestCase("<html>", "MayHaveBeenSent { Reason = Slack's answer (200) can't be read. }")]
    public async Task A_bot_believes_the_body_and_not_the_status(string body, string outcome)
    {
        _stub.On("POST /api/chat.postMessage", body);

        Assert.That((await Bot().NotifyAsync(Team, "hello", default)).ToString(), Is.EqualTo(outcome));
    }

    [Test]
    public async Task A_bot_posts_nothing_where_it_does_not_know_to_whom()
    {
        var outcome = await Bot().NotifyAsync(new Recipient.Person("zupo"), "hello", default);

        Assert.That(outcome, Is.EqualTo(new Notification.NotSent("'zupo' is neither a Slack user id nor an e-mail address.")));
        Assert.That(_stub.Requests, Is.Empty);
    }

    [Test]
    public async Task Any_other_webhook_gets_plain_json()
    {
        _stub.On("POST /hook", "", 204);

        var notifier = new ChatOptions { JsonWebhook = new Uri(_stub.Address, "hook") }.Notifier(_http, TimeProvider.System)!;
        var outcome = await notifier.NotifyAsync(new Recipient.Team("releases"), "a < b", default);

        Assert.That(outcome, Is.EqualTo(new Notification.Sent()));
        Assert.That(Text(_stub.Requests.Single().Body), Is.EqualTo("a < b"));
        Assert.That(_stub.Requests.Single().Body, Does.Contain("\"to\":\"releases\""));
    }

    [Test]
    public void Keeps_its_secrets_out_of_its_text()
    {
        var options = new ChatOptions { SlackBotToken = "xoxb-secret", SlackWebhook = new("https://hooks.example.com/secret"), Channel = "#team" };

        Assert.That(options.ToString(), Does.Not.Contain("secret"));
    }

    private INotifier Webhook() => new ChatOptions { SlackWebhook = new Uri(_stub.Address, "services/T0/B0/x") }.Notifier(_http, TimeProvider.System)!;

    private INotifier Bot() => new ChatOptions { SlackBotToken = "xoxb-secret", SlackApi = new Uri(_stub.Address, "api"), Channel = "#team" }
        .Notifier(_http, TimeProvider.System)!;

    private static string? Text(string body) => System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("text").GetString();
}
