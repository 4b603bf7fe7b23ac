using Cake.Core.IO;

namespace Cake.Frosting;

internal sealed record WorkingDirectory(DirectoryPath Path);
