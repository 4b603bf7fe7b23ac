using Cake.Frosting;
using ReleaseTasks;

return new CakeHost().UseReleaseTasks().RunReleaseTasks(args, "tests", "benchmarks");
