using ReleaseTasks.Redaction;

namespace ReleaseTasks.Tests.Redaction;

public sealed class Masking_texts
{
    [Test]
    public void Leaves_ordinary_words_and_the_names_that_a_run_is_about()
    {
        var redactor = Knowing(
        [
            .. Secrets.Ordinary,
            new("BUCKET", "sushi-media"),
            new("REPO", "zupo/sushi-2x4"),
            new("LANGUAGE", "en_US.UTF-8"),
            new("SITE", "https://sushi.example.com/"),
            new("GIT_COMMIT", "de63889aa0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5"),
        ]);
        redactor.Name("sushi", "zupo/sushi-2x4");
        const string Text =
            "sushi (zupo/sushi-2x4, sushi-media) is in production since v52: warning, true, Europe/Ljubljana, en_US.UTF-8, " +
            "https://sushi.example.com/, commit de63889aa0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5";

        Assert.That(redactor.Clean(Text), Is.EqualTo(Text));
    }

    [TestCase("MAIL_PASSWORD")]
    [TestCase("API_KEY")]
    [TestCase("SENTRY_DSN")]
    [TestCase("ACCESS_TOKEN")]
    [TestCase("PGPASSWORD")]
    [TestCase("DB_PWD")]
    [TestCase("AWS_CREDENTIALS")]
    [TestCase("CLIENT_SECRET")]
    public void Takes_an_ordinary_word_out_where_the_config_vars_name_says_secret(string name)
    {
        var redactor = Knowing([new(name, "production")]);

        Assert.That(redactor.Clean("in production, not in reproductions"), Is.EqualTo("in [REDACTED], not in reproductions"));
    }

    [Test]
    public void Takes_a_password_out_wherever_its_address_stood()
    {
        var redactor = Knowing([new("CACHE", "redis://h:p4f%2Fss9f8e7@ec2-1-2-3-4.compute-1.amazonaws.com:6379")]);

        Assert.That(
            redactor.Clean("auth failed with p4f/ss9f8e7 (p4f%2Fss9f8e7) at ec2-1-2-3-4.compute-1.amazonaws.com"),
            Is.EqualTo("auth failed with [REDACTED] ([REDACTED]) at ec2-1-2-3-4.compute-1.amazonaws.com"));
    }

    [Test]
    public void Takes_the_parts_of_a_value_out_that_are_secrets_themselves()
    {
        var redactor = Knowing(
        [
            new("GOOGLE", """{"type": "service_account", "private_key": "Zm9vYmFyYmF6MTIz", "client": "sushi"}"""),
            new("PEERS", "first-7f3k9q2x,second-8w2m4n6p"),
            new("ADMIN_PASSWORDS", "opensesame,letmein"),
            new("CONNECTION", "Server=db;Password=h3llo-w0rld-9"),
        ]);

        Assert.That(
            redactor.Clean("Zm9vYmFyYmF6MTIz, second-8w2m4n6p, opensesame, h3llo-w0rld-9, service_account"),
            Is.EqualTo("[REDACTED], [REDACTED], [REDACTED], [REDACTED], service_account"));
    }

    [Test]
    public void Takes_out_what_a_cut_has_left_of_a_secret()
    {
        var redactor = Knowing([new("MYVAR", "k7w3m9q2x8v4n6p5r2t7y9zz")]);

        Assert.That(redactor.Clean("MYVAR=k7w3m9q2x8v4…"), Is.EqualTo("MYVAR=[REDACTED]…"));
        Assert.That(redactor.Clean("MYVAR=k7w3m9q2x8v4..."), Is.EqualTo("MYVAR=[REDACTED]..."));
        Assert.That(redactor.Clean("MYVAR=k7w3m9q2x8v4"), Is.EqualTo("MYVAR=[REDACTED]"), "the rest is in a line that isn't shown");
        Assert.That(redactor.Clean("n6p5r2t7y9zz is no number"), Is.EqualTo("[REDACTED] is no number"));
        Assert.That(
            redactor.Clean(ForeignText.Quote(new string('x', 488) + "k7w3m9q2x8v4n6p5r2t7y9zz")),
            Is.EqualTo(new string('x', 488) + "[REDACTED]… (512 characters)"));
    }

    [TestCase("postgres://u8hsf92kd:p4fss9f8e7@ec2-3-90.amazonaws.com:5432/d5", "postgres://[REDACTED]@ec2-3-90.amazonaws.com:5432/d5")]
    [TestCase("postgres%3A%2F%2Fu8hsf92kd%3Ap4fss9f8e7%40ec2-3-90", "postgres%3A%2F%2F[REDACTED]%40ec2-3-90")]
    [TestCase(@"postgres:\/\/u8hsf92kd:p4fss9f8e7@ec2-3-90", @"postgres:\/\/[REDACTED]@ec2-3-90")]
    [TestCase("postgres://u:pass/word@host/db", "postgres://[REDACTED]@host/db")]
    [TestCase("https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/1", "https://[REDACTED]@o1.ingest.sentry.io/1")]
    [TestCase("charge failed: sk_live_51Habcdefghijklmnop.", "charge failed: sk_live_[REDACTED].")]
    [TestCase("key AKIAABCDEFGHIJ234567 was refused", "key AKIA[REDACTED] was refused")]
    [TestCase("'ghp_abcdefghijklmnopqrstuvwxyz0123456789'", "'ghp_[REDACTED]'")]
    [TestCase("gho_abcdefghijklmnopqrstuvwxyz0123456789", "gho_[REDACTED]")]
    [TestCase("github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz", "github_pat_[REDACTED]")]
    [TestCase("xoxb-1234567890-abcdefghij", "xoxb-[REDACTED]")]
    [TestCase("token eyJhbGciOiJub25lIn0.eyJ1c2VyIjoiYW5uIn0.c2lnbmF0dXJlLXRoYXQtaXMtbWFkZS11cA expired", "token eyJ[REDACTED] expired")]
    [TestCase("Authorization: Bearer 0a1b2c3d4e5f6a7b8c9d", "Authorization: Bearer [REDACTED]")]
    [TestCase("sk_live_51Habc\n    defghijklmnop was refused", "sk_live_[REDACTED] was refused")]
    public void Takes_out_what_looks_like_a_secret_and_leaves_its_kind(string text, string clean) =>
        Assert.That(new Redactor().Clean(text), Is.EqualTo(clean));

    [TestCase("Bearer authentication is required")]
    [TestCase("see https://sushi.example.com:8080/users?mail=jim@example.com")]
    [TestCase("git clone ssh://git@github.com/zupo/sushi.git")]
    [TestCase("the eyJ of a token, an AKIA, sk_live_…, ghp_XXX")]
    [TestCase("v52 of de63889aa0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5 is current, 01234567-89ab-cdef-0123-456789abcdef")]
    public void Leaves_what_only_reminds_of_one(string text) => Assert.That(new Redactor().Clean(text), Is.EqualTo(text));

    [Test]
    public void Shows_control_characters_instead_of_sending_them() => Assert.That(
        new Redactor().Clean("\u001b]0;gone\u0007\u001b[2J one\ttwo\r\nthree \u009b1m \u202e \u007f \r lost"),
        Is.EqualTo("\\x1b]0;gone\\x07\\x1b[2J one\ttwo\r\nthree \\u009b1m \\u202e \\x7f \\r lost"));

    [Test]
    public void Changes_nothing_when_it_is_done_again()
    {
        var secrets = new Secrets(1);
        var redactor = Knowing([.. secrets.Held]);

        foreach (var clean in Enumerable.Range(0, 1_000).Select(_ => redactor.Clean(secrets.Quote().Line)))
        {
            Assert.That(redactor.Clean(clean), Is.EqualTo(clean));
        }
    }

    private static Redactor Knowing(IEnumerable<KeyValuePair<string, string>> held)
    {
        var redactor = new Redactor();
        redactor.Learn(held);
        return redactor;
    }
}
