namespace Cake.Heroku;

/// <param name="Force">Also when it's attached to other apps.</param>
public sealed record AddonRemoval(bool Force);
