using Amazon.Lambda.Core;

namespace AlertHub.Aws;

/// <summary>Any function: an event in, a response out.</summary>
internal delegate Task<Stream> Handler(Stream input, ILambdaContext context);
