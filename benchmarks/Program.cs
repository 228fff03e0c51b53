using System.Globalization;
using BenchmarkDotNet.Running;
using Kyodo.Benchmarks;

if (args is ["office", var folder, ..])
    await BigOffice.MakeAsync(folder);
else if (args is ["list", var list, .. var rows])
    LargeList.Write(list, rows is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 10_000);
else if (args is ["asks", var site, ..])
    await Asks.RunAsync(site);
else if (args is ["questions", var questions, ..])
    return Questions.Run(questions);
else if (args is ["evaluation"])
    await EvaluationLoad.RunAsync();
else if (args is ["federation", var data, .. var count])
    await FederationLoad.RunAsync(data, count is [var governments] ? int.Parse(governments, CultureInfo.InvariantCulture) : 47);
else if (args is ["jurors"])
    JurorSimulation.Run();
else if (args is ["autosave", .. var rest])
    return await Autosave.RunAsync(rest);
else
    BenchmarkSwitcher.FromAssembly(typeof(WorkbookImport).Assembly).Run(args);
return 0;
