// Each fixture has folders, ports and databases of its own, and what it starts are processes: two at a time use two cores.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
