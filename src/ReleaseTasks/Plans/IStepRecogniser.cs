namespace ReleaseTasks.Plans;

/// <summary>What a project understands beside the words and commands of the procedure. Asked before them, in the order in which they were added.</summary>
public interface IStepRecogniser
{
    /// <summary>What the step asks for, or null where it is for somebody else. Only looks, never acts.</summary>
    Work? Recognise(StepText step);
}
