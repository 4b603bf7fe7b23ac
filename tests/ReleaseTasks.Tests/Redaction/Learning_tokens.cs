using Cake.Heroku;
using ReleaseTasks.Redaction;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tests.Redaction;

public sealed class Learning_tokens
{
    [Test]
    public void Learns_the_one_in_the_netrc_file()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "machine api.heroku.com\n  login jim@example.com\n  password 01234567-89ab-cdef-0123-456789abcdef\n");
        var redactor = new Redactor();
        try
        {
            var settings = HerokuSettings.FromEnvironment(new Dictionary<string, string> { ["NETRC"] = file });
            using var heroku = ReleaseServices.HerokuOf(settings, redactor, TimeProvider.System);
        }
        finally
        {
            File.Delete(file);
        }

        Assert.That(redactor.Clean("refused 01234567-89ab-cdef-0123-456789abcdef"), Is.EqualTo("refused [REDACTED]"));
    }

    [Test]
    public void Learns_those_in_the_environment_and_nothing_else_there()
    {
        var redactor = new Redactor();

        ReleaseServices.LearnTokens(redactor, name => name switch
        {
            "GITHUB_TOKEN" => "t0ken-0f-a-k1nd",
            "SLACK_WEBHOOK_URL" => "https://hooks.example.com/services/ab",
            "CHAT_WEBHOOK_URL" => " https://chat.example.com/hooks/cd\n",
            "USER" => "sushi-c00k-2",
            _ => null,
        });

        Assert.That(
            redactor.Clean("t0ken-0f-a-k1nd https://hooks.example.com/services/ab https://chat.example.com/hooks/cd sushi-c00k-2"),
            Is.EqualTo("[REDACTED] [REDACTED] [REDACTED] sushi-c00k-2"));
    }
}
