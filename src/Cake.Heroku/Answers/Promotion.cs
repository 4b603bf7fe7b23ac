namespace Cake.Heroku;

/// <param name="Status"><c>pending</c>, <c>completed</c>; Heroku may add to it. Whether it went well is each target's to say.</param>
public sealed record Promotion(PromotionId Id, PipelineIdentity Pipeline, string Status);
