using System.Reflection;
using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Heroku.Tests.Aliases;

public sealed class Surface
{
    private static readonly MethodInfo[] Aliases = typeof(HerokuAliases).GetMethods(BindingFlags.Public | BindingFlags.Static);

    [Test]
    public void Every_alias_is_one_to_cake()
    {
        Assert.That(
            Aliases.Where(alias => alias.GetCustomAttribute<CakeMethodAliasAttribute>() is null).Select(alias => alias.Name),
            Is.Empty);
        Assert.That(
            Aliases.Where(alias => alias.GetParameters()[0].ParameterType != typeof(ICakeContext)).Select(alias => alias.Name),
            Is.Empty);
        Assert.That(typeof(HerokuAliases).GetCustomAttribute<CakeAliasCategoryAttribute>()!.Name, Is.EqualTo("Heroku"));
        Assert.That(
            typeof(HerokuAliases).GetCustomAttributes<CakeNamespaceImportAttribute>().Select(import => import.Namespace),
            Is.EqualTo(new[] { "Cake.Heroku" }));
    }

    [Test]
    public void The_addin_needs_no_cake_but_its_core()
    {
        var references = typeof(HerokuAliases).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!);
        var cake = references.Where(name => name.StartsWith("Cake.", StringComparison.Ordinal));

        Assert.That(cake, Is.EqualTo(new[] { "Cake.Core" }));
        Assert.That(Path.Combine(Path.GetDirectoryName(Places.Addin)!, "Cake.Core.dll"), Does.Not.Exist);
    }
}
