using BenchmarkDotNet.Running;

if (args is ["autosave", .. var rest])
    return await Kyodo.Benchmarks.Autosave.RunAsync(rest);
BenchmarkSwitcher.FromAssembly(typeof(Kyodo.Benchmarks.WorkbookImport).Assembly).Run(args);
return 0;
