"""Lists what an emulator of AWS has, one resource a line, without what every account has.

inventory.py ENDPOINT                     the list
inventory.py ENDPOINT --zone NAME         creates a zone of Route 53, and prints its id
inventory.py ENDPOINT --delete-zone ID    deletes it, with the records that were validated
"""
import sys

import boto3

ENDPOINT = sys.argv[1]
REGION = "eu-central-1"


def client(service):
    return boto3.client(
        service, endpoint_url=ENDPOINT, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test"
    )


def resources():
    ec2 = client("ec2")
    vpcs = {it["VpcId"] for it in ec2.describe_vpcs()["Vpcs"] if it["IsDefault"]}
    for it in ec2.describe_vpcs()["Vpcs"]:
        yield "vpc", it["VpcId"]
    for it in ec2.describe_subnets()["Subnets"]:
        yield "subnet", it["SubnetId"]
    for it in ec2.describe_security_groups()["SecurityGroups"]:
        yield "security group", it["GroupId"]
    for it in ec2.describe_route_tables()["RouteTables"]:
        yield "route table", it["RouteTableId"]
    for it in ec2.describe_internet_gateways()["InternetGateways"]:
        yield "internet gateway", it["InternetGatewayId"]
    for it in ec2.describe_nat_gateways()["NatGateways"]:
        if it["State"] != "deleted":
            yield "nat gateway", it["NatGatewayId"]
    for it in ec2.describe_addresses()["Addresses"]:
        yield "address", it["AllocationId"]
    for it in ec2.describe_vpc_endpoints()["VpcEndpoints"]:
        if it["State"] != "deleted":
            yield "endpoint", it["VpcEndpointId"]
    for it in client("elbv2").describe_load_balancers()["LoadBalancers"]:
        yield "load balancer", it["LoadBalancerArn"]
    for it in client("elbv2").describe_target_groups()["TargetGroups"]:
        yield "target group", it["TargetGroupArn"]
    ecs = client("ecs")
    for it in ecs.describe_clusters(clusters=ecs.list_clusters()["clusterArns"])["clusters"]:
        if it["status"] != "INACTIVE":
            yield "cluster", it["clusterArn"]
    for it in ecs.list_task_definitions(status="ACTIVE")["taskDefinitionArns"]:
        yield "task definition", it
    scaling = client("application-autoscaling")
    for it in scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]:
        yield "scalable target", it["ResourceId"]
    for it in scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]:
        yield "scaling policy", it["PolicyName"]
    for it in client("logs").describe_log_groups()["logGroups"]:
        yield "log group", it["logGroupName"]
    for it in client("ecr").describe_repositories()["repositories"]:
        yield "repository", it["repositoryName"]
    for it in client("secretsmanager").list_secrets()["SecretList"]:
        yield "secret", it["Name"]
    for it in client("acm").list_certificates()["CertificateSummaryList"]:
        yield "certificate", it["CertificateArn"]
    for it in client("cloudwatch").describe_alarms()["MetricAlarms"]:
        yield "alarm", it["AlarmName"]
    for it in client("cloudwatch").list_dashboards()["DashboardEntries"]:
        yield "dashboard", it["DashboardName"]
    for it in client("sns").list_topics()["Topics"]:
        yield "topic", it["TopicArn"]
    for it in client("sns").list_subscriptions()["Subscriptions"]:
        yield "subscription", it["SubscriptionArn"]
    for it in client("sqs").list_queues().get("QueueUrls", []):
        yield "queue", it
    for it in client("s3").list_buckets()["Buckets"]:
        yield "bucket", it["Name"]
    kms = client("kms")
    for it in kms.list_keys()["Keys"]:
        key = kms.describe_key(KeyId=it["KeyId"])["KeyMetadata"]
        if key["KeyManager"] == "CUSTOMER" and key["KeyState"] != "PendingDeletion":
            yield "key", it["KeyId"]
    for it in client("iam").list_roles()["Roles"]:
        # Application Auto Scaling and ECS create theirs themselves, once in an account.
        if not it["Path"].startswith("/aws-service-role/"):
            yield "role", it["RoleName"]
    for it in client("iam").list_policies(Scope="Local")["Policies"]:
        yield "policy", it["PolicyName"]
    for it in client("iam").list_users()["Users"]:
        yield "user", it["UserName"]
    ses = client("sesv2")
    for it in ses.list_email_identities()["EmailIdentities"]:
        yield "identity", it["IdentityName"]
    for it in ses.list_configuration_sets()["ConfigurationSets"]:
        yield "configuration set", it
    route53 = client("route53")
    for zone in route53.list_hosted_zones()["HostedZones"]:
        for it in route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]:
            yield "record", it["Type"] + " " + it["Name"]
    assert vpcs, "there is no default VPC: is this an emulator?"


if "--zone" in sys.argv:
    zone = client("route53").create_hosted_zone(Name=sys.argv[3], CallerReference="tests")["HostedZone"]["Id"]
    print(zone.split("/")[-1])
elif "--delete-zone" in sys.argv:
    route53 = client("route53")
    left = [
        it
        for it in route53.list_resource_record_sets(HostedZoneId=sys.argv[3])["ResourceRecordSets"]
        if it["Type"] not in ("NS", "SOA")
    ]
    if left:
        sys.exit("records are left: %s" % left)
    route53.delete_hosted_zone(Id=sys.argv[3])
else:
    for kind, name in sorted(set(resources())):
        print(kind, name)
