using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Kyodo.Benchmarks.WorkbookImport).Assembly).Run(args);
