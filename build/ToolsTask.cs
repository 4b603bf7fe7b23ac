using Cake.Core;
using Cake.Frosting;

namespace Build;

/// <summary>Brings what the tests run as witnesses and stand-ins; what can't be brought here is said by name.</summary>
[TaskName("Tools")]
[TaskDescription("Bring what the tests need: PostgreSQL, Alembic, Chromium, the Heroku CLI")]
public sealed class ToolsTask : FrostingTask
{
    public override void Run(ICakeContext context)
    {
        DebianPackages.Install(context);
        NodePackages.Install(context);
    }
}
