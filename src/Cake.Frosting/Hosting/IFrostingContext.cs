using Cake.Core;

namespace Cake.Frosting;

/// <summary>The one context of a run, shared by all tasks and lifetimes.</summary>
public interface IFrostingContext : ICakeContext;
