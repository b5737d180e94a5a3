// Runs cdk-nag's AwsSolutions pack over synthesized templates and prints what it finds, a line each: rule, stack/logical id,
// finding. The pack is a TypeScript package that .NET cannot load, and it inspects what the templates have in any case.
// Usage: node cdk-nag.js <folder with node_modules> <stack=template.json>...
'use strict';
const { createRequire } = require('node:module');
const path = require('node:path');

const [tools, ...stacks] = process.argv.slice(2);
const load = createRequire(path.join(path.resolve(tools), 'index.js'));
const { App, Aspects, DefaultStackSynthesizer, Stack } = load('aws-cdk-lib');
const { CfnInclude } = load('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks } = load('cdk-nag');

const findings = new Set();
const note = (data, what) =>
  findings.add(
    `${data.ruleId} ${Stack.of(data.resource).stackName}/${Stack.of(data.resource).resolve(data.resource.logicalId)} ${what}`.trim(),
  );
const logger = {
  onNonCompliance: data => note(data, data.findingId),
  // A rule that fails has not looked.
  onError: data => note(data, `error: ${data.errorMessage}`),
  onCompliance() {},
  onSuppressed: data => note(data, 'suppressed in the template'),
  onSuppressedError: data => note(data, 'suppressed in the template'),
  onNotApplicable() {},
};

const app = new App({ analyticsReporting: false });
for (const [index, argument] of stacks.entries()) {
  const [stackName, templateFile] = argument.split('=');
  // The template has the rule about the bootstrap's version already.
  const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
  new CfnInclude(new Stack(app, `Stack${index}`, { stackName, synthesizer }), 'Template', { templateFile });
}
Aspects.of(app).add(new AwsSolutionsChecks({ reports: false, additionalLoggers: [logger] }));
app.synth();
process.stdout.write([...findings].sort().map(finding => `${finding}\n`).join(''));
