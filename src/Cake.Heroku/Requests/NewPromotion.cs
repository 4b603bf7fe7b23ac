namespace Cake.Heroku;

public sealed record NewPromotion(PipelineIdentity Pipeline, PromotedApp Source, IReadOnlyList<PromotedApp> Targets);

public sealed record PromotedApp(AppIdentity App);
