namespace Cake.Heroku;

/// <param name="Stage"><c>review</c>, <c>development</c>, <c>staging</c>, <c>production</c>.</param>
public sealed record PipelineCoupling(AppIdentity App, PipelineIdentity Pipeline, string Stage);

public sealed record AppIdentity(AppId Id);

public sealed record PipelineIdentity(PipelineId Id);
