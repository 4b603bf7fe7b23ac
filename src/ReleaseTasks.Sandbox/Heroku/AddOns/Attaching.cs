using System.Text.RegularExpressions;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>Attaches add-ons to apps and detaches them, with a release for each.</summary>
internal sealed partial class Attaching(Platform platform)
{
    /// <summary>Refuses a name that can't be had, before anything has changed.</summary>
    /// <param name="world">The world.</param>
    /// <param name="app">Where to attach.</param>
    /// <param name="addOn">What; null for an add-on that is about to be made.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="name">The attachment's name.</param>
    /// <param name="confirm">The app's name, when its owner agrees to lose what has the name now.</param>
    public static void Check(HerokuWorld world, App app, AddOn? addOn, AddOnPlan plan, string name, string? confirm)
    {
        if (!NamePattern().IsMatch(name))
        {
            throw Refusal.InvalidParams($"Name must start with a letter and can only contain uppercase letters, numbers, and underscores: {name}.");
        }

        var present = world.FindAttachment(app, name);
        if (present is not null && present.AddOn != addOn?.Id && world.AttachmentsOf(world.AddOnOf(present.AddOn)).Count() == 1)
        {
            throw Refusal.InvalidParams($"{name} is the only attachment of {world.AddOnOf(present.AddOn).Name}: attach that under another name first.");
        }

        var vars = AddOnPlans.VarNames(plan.Name).Select(v => $"{name}_{v}").Where(app.ConfigVars.ContainsKey).ToList();
        if ((present is not null || vars.Count > 0) && confirm != app.Name)
        {
            throw Refusal.NeedsConfirmation(app.Name, present is not null
                ? $"{name} is already attached to {world.AddOnOf(present.AddOn).Name} on {app.Name}: this replaces it."
                : $"{string.Join(", ", vars)} is already set on {app.Name}: this overwrites it.");
        }
    }

    /// <summary>Attaches under a checked name; what had it is detached, which is a release of its own.</summary>
    public Attachment Attach(HerokuWorld world, App app, AddOn addOn, string name, string? @namespace, Account user)
    {
        if (world.FindAttachment(app, name) is { } present)
        {
            Detach(world, app, present, user);
        }

        var attachment = new Attachment { Name = name, AddOn = addOn.Id, App = app.Id, Namespace = @namespace, CreatedAt = platform.Now };
        world.Attachments.Add(attachment);
        Provisioning.Attach(app, addOn, attachment);
        Release(world, app, user, $"Attach {name} (@ref:{addOn.Name})");
        return attachment;
    }

    /// <summary>Takes an attachment and its config vars away.</summary>
    public void Detach(HerokuWorld world, App app, Attachment attachment, Account user)
    {
        var addOn = world.AddOnOf(attachment.AddOn);
        world.Attachments.Remove(attachment);
        foreach (var suffix in AddOnPlans.VarNames(addOn.Plan))
        {
            app.ConfigVars.Remove(attachment.VarName(suffix));
        }

        Release(world, app, user, $"Detach {attachment.Name} (@ref:{addOn.Name})");
    }

    /// <summary>The release of a change to an app's add-ons, which Heroku may or may not let run the release phase.</summary>
    public void Release(HerokuWorld world, App app, Account user, string description) => platform.Releasing.Add(
        world, app, user, description, runsReleasePhase: platform.Parts.Options.ReleasePhaseOnAttachment, phase: FaultWords.ReleasePhaseOfAttachment);

    [GeneratedRegex("^[A-Z][A-Z0-9_]*$")]
    private static partial Regex NamePattern();
}
