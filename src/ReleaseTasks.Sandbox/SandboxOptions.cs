using Microsoft.AspNetCore.Http;
using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Dynos;

namespace ReleaseTasks.Sandbox;

/// <summary>Where the sandbox keeps its world and how it serves it.</summary>
public sealed record SandboxOptions
{
    /// <summary>The folder of its state, databases and repositories, usually <c>.sandbox</c>.</summary>
    public required string Directory { get; init; }

    /// <summary>The loopback port. Default: 0, a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether a new directory starts with the sample world, app and repository <c>sushi</c>. Default: yes.</summary>
    public bool Sample { get; init; } = true;

    /// <summary>What a new directory starts with instead of the sample world. Default: null.</summary>
    public Stage? Stage { get; init; }

    /// <summary>How much faster than the machine's the sandbox's clock runs. Default: 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Whether databases are simulated though the machine has PostgreSQL: quicker, and nothing is in them. Default: no.</summary>
    public bool SimulateDatabases { get; init; }

    /// <summary>How long a database add-on is provisioned, on the sandbox's clock and beside the real work. Default: 2 seconds.</summary>
    public TimeSpan Provisioning { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether attaching and detaching an add-on runs the release phase, as the CLI expects; the documentation can be read
    /// either way. Default: yes.
    /// </summary>
    public bool ReleasePhaseOnAttachment { get; init; } = true;

    /// <summary>How many slugs an app keeps: releases of older ones expire and can't be rolled back to. Default: 50.</summary>
    public int KeptSlugs { get; init; } = 50;

    /// <summary>How many API calls an account has per hour. Default: 4,500.</summary>
    public int RateLimit { get; init; } = 4500;

    /// <summary>Misfortunes, before those of a <c>faults.json</c> in the directory. Default: none.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What chance goes by. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The process that a power cut kills. Default: the one that has sent the request.</summary>
    public int? ClientProcess { get; init; }

    /// <summary>Stands before everything else and sees each request, for tests that count them or end the client at one of them.</summary>
    internal Func<HttpContext, RequestDelegate, Task>? Before { get; init; }

    /// <summary>How long a web dyno may take until it listens, on the machine's clock. Heroku's: 60 seconds.</summary>
    internal TimeSpan BootLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a web dyno may take until it answers, on the machine's clock. Heroku's: 30 seconds.</summary>
    internal TimeSpan RequestLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a release phase may take, on the machine's clock. Heroku's: an hour.</summary>
    internal TimeSpan ReleaseLimit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a request waits for dynos that boot, on the machine's clock. Heroku's: 75 seconds.</summary>
    internal TimeSpan QueueLimit { get; init; } = TimeSpan.FromSeconds(75);

    internal TimeProvider Machine { get; init; } = TimeProvider.System;

    internal Func<string, IDatabaseEngine>? DatabasesIn { get; init; }

    internal Func<string, IDynos>? DynosIn { get; init; }
}
