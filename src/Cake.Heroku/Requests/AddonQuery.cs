namespace Cake.Heroku;

/// <param name="Addon">The name or id of an add-on, or of one of its attachments.</param>
public sealed record AddonQuery(string Addon, AppName App);
