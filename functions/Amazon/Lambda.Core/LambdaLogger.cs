namespace Amazon.Lambda.Core;

/// <summary>The log stream for code that holds no context: standard output outside of Lambda.</summary>
public static class LambdaLogger
{
    /// <summary>Set by the bootstrap when its loop starts.</summary>
    internal static ILambdaLogger? Target { get; set; }

    public static void Log(string message)
    {
        if (Target is { } target)
        {
            target.Log(message);
        }
        else
        {
            Console.WriteLine(message);
        }
    }

    public static void Log(LogLevel level, string message, params object?[] args)
    {
        if (Target is { } target)
        {
            target.Log(level, message, args);
        }
        else
        {
            Console.WriteLine($"{level}: {message}");
        }
    }

    public static void Log(LogLevel level, Exception exception, string message, params object?[] args)
    {
        if (Target is { } target)
        {
            target.Log(level, exception, message, args);
        }
        else
        {
            Console.WriteLine($"{level}: {message}{Environment.NewLine}{exception}");
        }
    }
}
