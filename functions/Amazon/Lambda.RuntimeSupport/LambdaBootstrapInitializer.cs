namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Runs once before the first invocation. What it throws becomes the function's initialisation error; <c>false</c> ends
/// the program without taking invocations.
/// </summary>
public delegate Task<bool> LambdaBootstrapInitializer();
