using AlertHub.Aws;
using SecurityGroupGuard;

await FunctionHost.RunAsync(Composition.Compose).ConfigureAwait(false);
