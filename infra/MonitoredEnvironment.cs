using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.ElasticBeanstalk;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Duration = Amazon.CDK.Duration;

namespace Infra;

/// <summary>An Elastic Beanstalk application with one environment that runs AWS's sample application on one instance.</summary>
internal sealed class MonitoredEnvironment : Construct
{
    private readonly CfnEnvironment environment;

    /// <param name="scope">Where it stands.</param>
    /// <param name="id">Its name there.</param>
    /// <param name="applicationName">Name of the application, unique in account and region.</param>
    /// <param name="platformArn">ARN of the platform version.</param>
    /// <param name="health">The metrics that the environment publishes.</param>
    public MonitoredEnvironment(
        Construct scope,
        string id,
        string applicationName,
        string platformArn,
        HealthDocument health
    )
        : base(scope, id)
    {
        Health = health;
        var application = new CfnApplication(
            this,
            "Application",
            new CfnApplicationProps { ApplicationName = applicationName }
        );
        var serviceRole = new BeanstalkServiceRole(this, "ServiceRole");
        var profile = new CfnInstanceProfile(
            this,
            "InstanceProfile",
            new CfnInstanceProfileProps
            {
                Roles = [new BeanstalkInstanceRole(this, "InstanceRole", applicationName).RoleName],
            }
        );
        environment = new CfnEnvironment(
            this,
            "Environment",
            new CfnEnvironmentProps
            {
                ApplicationName = application.Ref,
                // No VersionLabel: Elastic Beanstalk runs AWS's sample application. No EnvironmentName either: a fixed one
                // cannot be replaced. PlatformArn and not SolutionStackName: it changes in place, the other replaces the
                // environment (createOnlyProperties of the resource's schema).
                PlatformArn = platformArn,
                OptionSettings = new[]
                {
                    Option("aws:elasticbeanstalk:environment", "EnvironmentType", "SingleInstance"),
                    Option("aws:elasticbeanstalk:environment", "ServiceRole", serviceRole.RoleArn),
                    Option("aws:autoscaling:launchconfiguration", "IamInstanceProfile", profile.Ref),
                    Option("aws:autoscaling:launchconfiguration", "DisableIMDSv1", "true"),
                    Option("aws:ec2:instances", "InstanceTypes", "t3.micro"),
                    // The access log, which says what the 4xx were, outlives the instance.
                    Option("aws:elasticbeanstalk:hostmanager", "LogPublicationControl", "true"),
                    // And stands in CloudWatch Logs, where the alarm's message links to the minutes around it.
                    Option("aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs", "true"),
                    Option("aws:elasticbeanstalk:cloudwatch:logs", "RetentionInDays", "30"),
                    Option("aws:elasticbeanstalk:cloudwatch:logs", "DeleteOnTerminate", "true"),
                    Option("aws:elasticbeanstalk:healthreporting:system", "SystemType", "enhanced"),
                    Option("aws:elasticbeanstalk:healthreporting:system", "ConfigDocument", health.ToString()),
                },
            }
        );
    }

    public HealthDocument Health { get; }

    /// <summary>Address of the application. A single instance has its elastic IP address, no certificate, so plain http.</summary>
    public string Url => $"http://{environment.AttrEndpointUrl}";

    /// <summary>A metric of the whole environment, summed over a minute: Elastic Beanstalk sends one value per minute.</summary>
    public IMetric Metric(string name) =>
        new Metric(
            new MetricProps
            {
                Namespace = HealthDocument.Namespace,
                MetricName = name,
                DimensionsMap = new Dictionary<string, string> { ["EnvironmentName"] = environment.Ref },
                Statistic = "Sum",
                Period = Duration.Seconds(60),
            }
        );

    private static CfnEnvironment.OptionSettingProperty Option(string space, string name, string value) =>
        new()
        {
            Namespace = space,
            OptionName = name,
            Value = value,
        };
}
