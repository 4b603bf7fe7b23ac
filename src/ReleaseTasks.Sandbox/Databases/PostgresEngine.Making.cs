using System.Security.Cryptography.X509Certificates;
using ReleaseTasks.Sandbox.Heroku;
using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.Databases;

/// <summary>How new clusters come about: from the template, from a running cluster, from a base backup and a log.</summary>
internal sealed partial class PostgresEngine
{
    private async Task MakeAsync(string database, Func<Task<Made>> makeAsync, CancellationToken ct)
    {
        using var _ = await TurnAsync(ct);
        if (State.Databases.ContainsKey(database))
        {
            await RunningAsync(database, ct);
            return;
        }

        await Folder.RemoveAsync(database, ct); // what a killed sandbox may have left half made
        try
        {
            var (cluster, login, adminPassword, leader) = await makeAsync();
            if (leader is null)
            {
                await BackUpAsync(cluster, Admin(adminPassword), Folder.BaseOf(database), "tar", ct);
            }

            State.Databases = State.Databases.SetItem(database, new(cluster.Port, login, adminPassword, BaseAt: time.GetUtcNow(), leader));
            Save();
        }
        catch
        {
            await StopAsync(database);
            await Folder.RemoveAsync(database, CancellationToken.None);
            throw;
        }
    }

    private async Task<Made> CopyTemplateAsync(string database, CancellationToken ct)
    {
        var template = await TemplateAsync(ct);
        await Folder.CopyAsync(Folder.Template, Folder.DataOf(database), ct);
        var cluster = await StartNewAsync(database, [], ct);
        var login = Credentials.New();
        await cluster.QueryAsync(
            Admin(template.AdminPassword),
            $"""
            create role {login.User} login password '{login.Password}';
            alter database postgres rename to {login.Database};
            alter database {login.Database} owner to {login.User};
            comment on database {login.Database} is null;
            """,
            ct);
        return new(cluster, login, template.AdminPassword);
    }

    private async Task<Made> CopyRunningAsync(string source, string database, CancellationToken ct)
    {
        var record = RecordOf(source);
        await BackUpAsync(await RunningAsync(source, ct), Admin(record.AdminPassword), Folder.DataOf(database), "plain", ct);
        return await TakeOverAsync(await StartNewAsync(database, [], ct), record, ct);
    }

    // The backup's own settings say whom to follow, password included: nothing of it is in the arguments of a process.
    private async Task<Made> FollowRunningAsync(string source, string database, CancellationToken ct)
    {
        var record = RecordOf(source);
        await BackUpAsync(await RunningAsync(source, ct), Admin(record.AdminPassword), Folder.DataOf(database), "plain", ct, "--write-recovery-conf");
        return new(await StartNewAsync(database, Following(source), ct), record.Credentials, record.AdminPassword, Leader: source);
    }

    // It streams from its leader; from the archive it takes what it missed while one of the two was down.
    private static string[] Following(string leader) => [$"restore_command=cp ../{leader}.wal/%f %p"];

    private async Task<Made> RecoverAsync(string source, string database, DateTimeOffset to, CancellationToken ct)
    {
        var (record, now) = (RecordOf(source), time.GetUtcNow());
        if (to < record.BaseAt || to > now || record.Leader is not null)
        {
            throw new RollbackOutOfRangeException(source, to, record.BaseAt, now);
        }

        await ArchiveUpToNowAsync(await RunningAsync(source, ct), source, ct);
        await Folder.MakeAsync(Folder.DataOf(database), ct);
        await Folder.UnpackAsync(Path.Combine(Folder.BaseOf(source), "base.tar"), Folder.DataOf(database), ct);
        await Folder.TouchAsync(Path.Combine(Folder.DataOf(database), "recovery.signal"), ct);
        string[] settings =
        [
            $"restore_command=cp ../{source}.wal/%f %p",
            $"recovery_target_time={Timestamp(to)}",
            "recovery_target_inclusive=on",
            "recovery_target_timeline=current",
            "recovery_target_action=promote",
            "hot_standby=off", // ready then means promoted
        ];
        return await TakeOverAsync(await StartNewAsync(database, settings, ct), record, ct);
    }

    // A recovery fails when the log ends before the moment it looks for: one more transaction, later than that, lets it stop.
    private async Task ArchiveUpToNowAsync(Cluster cluster, string source, CancellationToken ct)
    {
        var segment = await cluster.QueryAsync(
            Admin(RecordOf(source).AdminPassword),
            "begin; select pg_current_xact_id() \\g /dev/null\ncommit; select pg_walfile_name(pg_switch_wal());",
            ct);
        await cluster.WaitForAsync(() => File.Exists(Path.Combine(Folder.WalOf(source), segment)), $"{segment} wasn't archived", ct);
    }

    /// <summary>Gives a copy its own credentials, as Heroku does: those of the source don't open it.</summary>
    private static async Task<Made> TakeOverAsync(Cluster cluster, ClusterRecord source, CancellationToken ct)
    {
        var (old, login) = (source.Credentials, Credentials.New());
        await cluster.QueryAsync(
            Admin(source.AdminPassword),
            $"""
            alter role {old.User} rename to {login.User};
            alter role {login.User} password '{login.Password}';
            alter database {old.Database} rename to {login.Database};
            """,
            ct);
        return new(cluster, login, source.AdminPassword);
    }

    private async Task<Cluster> StartNewAsync(string database, IEnumerable<string> settings, CancellationToken ct)
    {
        await Folder.MakeAsync(Folder.WalOf(database), ct);
        return await StartClusterAsync(database, port: 0, settings, ct);
    }

    private async Task BackUpAsync(Cluster cluster, Credentials admin, string to, string format, CancellationToken ct, params string[] more)
    {
        string[] backUp = [binaries.PathOf("pg_basebackup"), "-D", to, $"--format={format}", "--wal-method=fetch", "--checkpoint=fast", "--no-sync", .. more];
        await Tool.RunAsync(account.Run(backUp), cluster.Environment(admin), "", ct);
    }

    private async Task<ClusterTemplate> TemplateAsync(CancellationToken ct)
    {
        var version = binaries.Version.ToString();
        if (State.Template is { } made && made.Version == version && Directory.Exists(Folder.Template))
        {
            return made;
        }

        await PostgresFolder.RemoveAsync([Folder.Template], ct);
        var template = new ClusterTemplate(version, Credentials.NewPassword());
        await InitialiseAsync(template.AdminPassword, ct);
        State.Template = template;
        Save();
        return template;
    }

    // Trust lets nobody in yet, since nothing listens; a password file would have to be readable to another user. A cluster is some
    // thousand small files, most of the time that a copy takes: the app gets the database 'postgres', and nobody misses template0.
    private async Task InitialiseAsync(string adminPassword, CancellationToken ct)
    {
        string[] initdb =
        [
            binaries.PathOf("initdb"), "-D", Folder.Template, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync",
            "--wal-segsize=1", // MB. The smallest: a segment is archived whole each time one is asked for
        ];
        await Tool.RunAsync(account.Run(initdb), ct);
        await Tool.RunAsync(
            account.Run(binaries.PathOf("postgres"), "--single", "-D", Folder.Template, "postgres"),
            environment: null,
            $"""
            alter role postgres password '{adminPassword}'
            update pg_database set datistemplate = false where datname = 'template0'
            drop database template0

            """,
            ct);
        var access = Path.Combine(Folder.Template, "pg_hba.conf");
        var rules = (await File.ReadAllTextAsync(access, ct)).Replace("trust", "scram-sha-256", StringComparison.Ordinal);
        await File.WriteAllTextAsync(access, rules, ct);
        await OfferTlsAsync(ct);
    }

    // Heroku's databases insist on TLS, and so does the CLI's pg:psql. Nobody verifies whose certificate it is, there as here.
    private async Task OfferTlsAsync(CancellationToken ct)
    {
        if (await Tool.RunAsync(account.Run(binaries.PathOf("postgres"), "-D", Folder.Template, "-C", "ssl_library"), ct) is "")
        {
            return;
        }

        var (certificate, _) = CertificateAuthority.Create(time.GetUtcNow());
        using (certificate)
        {
            using var key = certificate.GetECDsaPrivateKey()!;
            await WriteSecretAsync("server.key", key.ExportPkcs8PrivateKeyPem(), ct);
            await WriteSecretAsync("server.crt", certificate.ExportCertificatePem(), ct);
        }

        await File.AppendAllTextAsync(Path.Combine(Folder.Template, "postgresql.conf"), "ssl = on\n", ct);
    }

    private async Task WriteSecretAsync(string name, string text, CancellationToken ct)
    {
        var file = Path.Combine(Folder.Template, name);
        await Folder.TouchAsync(file, ct);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await File.WriteAllTextAsync(file, text, ct);
    }

    private static Credentials Admin(string password) => new("template1", "postgres", password);

    private sealed record Made(Cluster Cluster, Credentials Login, string AdminPassword, string? Leader = null);
}
