namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>How a world gets its first inhabitants: the sample's, and those of tests.</summary>
internal static class Seeding
{
    /// <summary>An empty world takes over everything of one that was made beside it.</summary>
    public static void Take(this HerokuWorld empty, HerokuWorld made)
    {
        empty.Accounts.AddRange(made.Accounts);
        empty.Apps.AddRange(made.Apps);
        empty.AddOns.AddRange(made.AddOns);
        empty.Attachments.AddRange(made.Attachments);
    }

    public static Account CreateAccount(this HerokuWorld world, string email, DateTimeOffset at)
    {
        var account = new Account { Email = email, CreatedAt = at };
        world.Accounts.Add(account);
        return account;
    }

    /// <summary>An app without releases.</summary>
    public static App CreateApp(this HerokuWorld world, string name, Account owner, DateTimeOffset at)
    {
        var app = new App { Name = name, Owner = owner.Id, CreatedAt = at, UpdatedAt = at };
        world.Apps.Add(app);
        return app;
    }

    public static void AddCollaborator(this App app, Account account, DateTimeOffset at) =>
        app.Collaborators.Add(new Collaborator { User = account.Id, CreatedAt = at });

    /// <summary>A slug; its files belong in <see cref="Platform.SlugDirectory"/>.</summary>
    public static Slug AddSlug(this App app, string? commit, IEnumerable<KeyValuePair<string, string>> processTypes, DateTimeOffset at)
    {
        var slug = new Slug { Commit = commit, ProcessTypes = new(processTypes), CreatedAt = at };
        app.Slugs.Add(slug);
        return slug;
    }

    /// <summary>As if everything of an app that is still kept had been built for another stack.</summary>
    public static void SetStack(this App app, string stack)
    {
        app.Stack = app.BuildStack = stack;
        app.Slugs.ForEach(slug => slug.Stack = stack);
        app.Builds.ForEach(build => build.Stack = stack);
    }

    /// <summary>The next release, succeeded, with the config vars of now; without a slug it has the last release's.</summary>
    public static Release AddRelease(this App app, Account by, string description, DateTimeOffset at, Slug? slug = null)
    {
        var release = new Release
        {
            Version = app.Releases.Count + 1,
            Description = description,
            User = by.Id,
            Slug = slug?.Id ?? app.Current?.Slug,
            ConfigVars = new(app.ConfigVars, StringComparer.Ordinal),
            Status = ReleaseStatus.Succeeded,
            CreatedAt = at,
            UpdatedAt = at,
        };
        app.Releases.Add(release);
        return release;
    }

    /// <summary>So many dynos of a type that the current slug's Procfile has.</summary>
    public static void SetFormation(this App app, string type, int quantity, DateTimeOffset at) => app.Formation.Add(new ProcessType
    {
        Type = type,
        Command = app.CurrentSlug?.ProcessTypes.GetValueOrDefault(type) ?? throw new ArgumentException($"the current slug has no {type}", nameof(type)),
        Quantity = quantity,
        CreatedAt = at,
        UpdatedAt = at,
    });

    /// <summary>An available add-on, attached under each name, its config vars set, and no release for it.</summary>
    /// <param name="world">The world.</param>
    /// <param name="app">Whose add-on.</param>
    /// <param name="plan"><c>heroku-postgresql:standard-0</c></param>
    /// <param name="name">The add-on's name.</param>
    /// <param name="vars">What it sets, by the ends of its config vars: <c>URL</c>.</param>
    /// <param name="at">When.</param>
    /// <param name="attachments">Its names in the app.</param>
    public static AddOn AddAddOn(
        this HerokuWorld world, App app, string plan, string name, IEnumerable<KeyValuePair<string, string>> vars, DateTimeOffset at, params IEnumerable<string> attachments)
    {
        var addOn = new AddOn
        {
            Name = name,
            App = app.Id,
            Plan = plan,
            State = AddOnState.Provisioned,
            Vars = new(vars),
            CreatedAt = at,
            UpdatedAt = at,
            AvailableAt = at,
        };
        world.AddOns.Add(addOn);
        foreach (var attachmentName in attachments)
        {
            var attachment = new Attachment { Name = attachmentName, AddOn = addOn.Id, App = app.Id, CreatedAt = at };
            world.Attachments.Add(attachment);
            Provisioning.Attach(app, addOn, attachment);
        }

        return addOn;
    }
}
