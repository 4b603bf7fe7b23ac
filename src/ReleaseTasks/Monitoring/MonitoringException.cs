namespace ReleaseTasks.Monitoring;

/// <summary>A log, error or app service refused, didn't answer, or said something that can't be read. Nothing follows for the release.</summary>
public sealed class MonitoringException(string message, Exception? cause = null) : Exception(message, cause);
