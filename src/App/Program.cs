using Kyodo.App.Commands;

return await KyodoCommand.RunAsync(args);
