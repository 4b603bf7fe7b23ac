namespace ReleaseTasks.Sandbox.Dynos;

/// <summary>Where an attached dyno's input comes from and its output goes to.</summary>
/// <param name="Input">What is typed; its end is the end of the dyno's input.</param>
/// <param name="Output">What is seen.</param>
/// <param name="IsTerminal">Whether the dyno is to see a terminal, with echo and prompts, where the machine can make one. Else a pipe.</param>
internal sealed record Terminal(Stream Input, Stream Output, bool IsTerminal);
