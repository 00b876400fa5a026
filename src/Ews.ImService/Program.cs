using Ews.ImService.Commands;

return await CommandLine.RunAsync(args);

/// <summary>The entry point. The declaration keeps it out of the public API.</summary>
internal sealed partial class Program;
