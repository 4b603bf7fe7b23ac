namespace Cake.Heroku;

public static class AddonState
{
    public const string Provisioning = "provisioning";

    /// <summary>It exists. Whether a database is ready is the data service's to say: <see cref="WaitStatus"/>.</summary>
    public const string Provisioned = "provisioned";

    public const string Deprovisioning = "deprovisioning";

    /// <summary>Destroyed, or never come to be.</summary>
    public const string Deprovisioned = "deprovisioned";
}
