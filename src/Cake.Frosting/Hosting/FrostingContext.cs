using Cake.Core;

namespace Cake.Frosting;

/// <summary>The context to derive from, and the one that is used where the host was given no other.</summary>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext;
