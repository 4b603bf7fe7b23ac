namespace Cake.Heroku;

public sealed record FeatureChange(bool Enabled);
