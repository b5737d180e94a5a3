using FlowLogs.Commands;

using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
return Conversion.Run(args, Console.OpenStandardInput(), output, Console.Error);
