namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>Why the router didn't get an answer from the app: the H codes.</summary>
internal sealed record RouterError(string Code, string Description)
{
    public static readonly RouterError Crashed = new("H10", "App crashed");
    public static readonly RouterError RequestTimeout = new("H12", "Request timeout");
    public static readonly RouterError ConnectionClosed = new("H13", "Connection closed without response");
    public static readonly RouterError NoWebDynos = new("H14", "No web processes running");
    public static readonly RouterError BadResponse = new("H17", "Poorly formatted HTTP response");
    public static readonly RouterError ServerInterrupted = new("H18", "Server Request Interrupted");
    public static readonly RouterError BootTimeout = new("H20", "App boot timeout");
    public static readonly RouterError ConnectionRefused = new("H21", "Backend connection refused");
    public static readonly RouterError ClientInterrupted = new("H27", "Client Request Interrupted");
    public static readonly RouterError Maintenance = new("H80", "Maintenance mode");
    public static readonly RouterError BlankApp = new("H81", "Blank app");

    public int Status => this == BlankApp ? 502 : 503;

    /// <summary>The config var with the URL of the app's own page.</summary>
    public string PageVar => this == Maintenance ? "MAINTENANCE_PAGE_URL" : "ERROR_PAGE_URL";
}
