using BenchmarkDotNet.Running;
using Kyodo.Benchmarks;

if (args is ["office", var folder, ..])
    await BigOffice.MakeAsync(folder);
else
    BenchmarkSwitcher.FromAssembly(typeof(WorkbookImport).Assembly).Run(args);
