namespace Cake.Heroku;

public static class BuildStatus
{
    public const string Pending = "pending";

    /// <summary>Built. The release it leads to has a status of its own.</summary>
    public const string Succeeded = "succeeded";

    public const string Failed = "failed";
}
