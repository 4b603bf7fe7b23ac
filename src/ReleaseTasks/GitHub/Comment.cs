namespace ReleaseTasks.GitHub;

/// <summary>A comment in a pull request's conversation.</summary>
public sealed record Comment(long Id, Person? Author, string Body, DateTimeOffset CreatedAt, Uri Url);
