using AlertHub.Aws;
using AlertHub.Lambda;

await FunctionHost.RunAsync(Composition.Compose).ConfigureAwait(false);
