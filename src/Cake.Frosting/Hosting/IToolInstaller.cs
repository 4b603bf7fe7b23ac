using Cake.Core.Packaging;

namespace Cake.Frosting;

/// <summary>Installs the tools that the host was asked for, before anything else happens. Replaceable.</summary>
public interface IToolInstaller
{
    void Install(PackageReference tool);
}
