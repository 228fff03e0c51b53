using BenchmarkDotNet.Running;
using Kyodo.Benchmarks;

if (args is ["office", var folder, ..])
    await BigOffice.MakeAsync(folder);
else if (args is ["list", var list, ..])
    LargeList.Write(list, 10_000);
else if (args is ["questions", var questions, ..])
    return Questions.Run(questions);
else if (args is ["autosave", .. var rest])
    return await Autosave.RunAsync(rest);
else
    BenchmarkSwitcher.FromAssembly(typeof(WorkbookImport).Assembly).Run(args);
return 0;
