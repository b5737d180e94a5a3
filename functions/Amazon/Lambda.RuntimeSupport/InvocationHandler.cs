using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>What every handler is turned into: the event in, the answer or nothing out.</summary>
internal delegate Task<Stream?> InvocationHandler(Stream input, ILambdaContext context);
