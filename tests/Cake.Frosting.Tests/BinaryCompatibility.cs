using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using Cake.Frosting.Tests.Running;
using Elsewhere;

namespace Cake.Frosting.Tests;

/// <summary>
/// A program compiled against this assembly runs on the genuine one, and the other way round, if it finds the same identity and
/// needs nothing but public members; that those are the genuine ones is for <see cref="PublicApi"/> to say.
/// </summary>
public sealed class BinaryCompatibility
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Assembly Ours = typeof(CakeHost).Assembly;

    private static readonly string[] Consumers = [Places.FixtureProgram, typeof(Fetch).Assembly.Location];

    [Test]
    public void Needs_the_identity_of_the_genuine_assembly()
    {
        Assert.That(Ours.FullName, Is.EqualTo("Cake.Frosting, Version=7.0.0.0, Culture=neutral, PublicKeyToken=null"));
    }

    [TestCaseSource(nameof(Consumers))]
    public void Has_consumers_ask_for_that_identity(string consumer)
    {
        var asked = Read(consumer, reader => reader.AssemblyReferences
            .Select(handle => reader.GetAssemblyReference(handle).GetAssemblyName().FullName)
            .Where(name => name.StartsWith("Cake.Frosting", StringComparison.Ordinal)));

        Assert.That(asked, Is.EqualTo(["Cake.Frosting, Version=7.0.0.0, Culture=neutral, PublicKeyToken=null"]));
    }

    [TestCaseSource(nameof(Consumers))]
    public void Has_consumers_refer_to_public_members_only(string consumer)
    {
        var loaded = Assembly.LoadFrom(consumer).ManifestModule;
        var tokens = Read(consumer, reader => reader.MemberReferences.Select(handle => MetadataTokens.GetToken(handle)));

        var used = tokens.Select(token => loaded.ResolveMember(token)).OfType<MethodBase>().Where(method => method.DeclaringType!.Assembly == Ours).ToList();

        Assert.That(used, Is.Not.Empty);
        Assert.That(used.Where(method => !IsReachable(method)), Is.Empty);
    }

    [Test]
    public void Lets_nobody_in_by_the_back_door()
    {
        Assert.That(Ours.GetCustomAttributes<InternalsVisibleToAttribute>(), Is.Empty);
    }

    /// <remarks>An abstract member that only we have would keep a class compiled against the genuine assembly from loading.</remarks>
    [Test]
    public void Asks_nothing_of_derived_classes_that_is_not_public()
    {
        var hidden = Ours.GetExportedTypes().SelectMany(type => type.GetMethods(Declared)).Where(method => method.IsAbstract && !IsReachable(method));

        Assert.That(hidden, Is.Empty);
    }

    private static bool IsReachable(MethodBase method) =>
        method.DeclaringType!.IsVisible && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static List<T> Read<T>(string assembly, Func<MetadataReader, IEnumerable<T>> question)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        return [.. question(file.GetMetadataReader())];
    }
}
