package check

import (
	"strings"
	"testing"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	disruption "k8s.io/api/policy/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

var restricted = api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}

// violations returns what the admission controller of Kubernetes has against a pod in a namespace that is "restricted".
func violations(t *testing.T, template core.PodTemplateSpec) []string {
	t.Helper()
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var violations []string
	for _, result := range evaluator.EvaluatePod(restricted, &template.ObjectMeta, &template.Spec) {
		if !result.Allowed {
			violations = append(violations, result.ForbiddenReason+": "+result.ForbiddenDetail)
		}
	}
	return violations
}

func deployments(t *testing.T) map[string]apps.Deployment {
	t.Helper()
	found := map[string]apps.Deployment{}
	for set, manifests := range sets(t) {
		for _, manifest := range manifests {
			if manifest.Kind == "Deployment" {
				found[set+"/"+manifest.Metadata.Name] = read[apps.Deployment](t, manifest)
			}
		}
	}
	return found
}

func TestPodsKeepToThePodSecurityStandardRestricted(t *testing.T) {
	found := deployments(t)
	if len(found) != 8 {
		t.Errorf("%d Deployments, not 8: one with the defaults, one with everything, and twice one for each role", len(found))
	}
	for name, deployment := range found {
		if reasons := violations(t, deployment.Spec.Template); len(reasons) > 0 {
			t.Errorf("%s: %s", name, strings.Join(reasons, "; "))
		}
	}
}

func TestAPodWithMoreRightsIsNotRestricted(t *testing.T) {
	yes := true
	spoil := map[string]func(*core.PodSpec){
		"allowPrivilegeEscalation": func(pod *core.PodSpec) {
			pod.Containers[0].SecurityContext.AllowPrivilegeEscalation = &yes
		},
		"capabilities":   func(pod *core.PodSpec) { pod.Containers[0].SecurityContext.Capabilities = nil },
		"seccompProfile": func(pod *core.PodSpec) { pod.SecurityContext.SeccompProfile = nil },
		"runAsNonRoot":   func(pod *core.PodSpec) { pod.SecurityContext.RunAsNonRoot = nil },
		"hostPath": func(pod *core.PodSpec) {
			pod.Volumes[0].VolumeSource = core.VolumeSource{HostPath: &core.HostPathVolumeSource{Path: "/"}}
		},
		"host namespaces": func(pod *core.PodSpec) { pod.HostNetwork = true },
	}
	for name, change := range spoil {
		for of, deployment := range deployments(t) {
			pod := deployment.DeepCopy()
			change(&pod.Spec.Template.Spec)
			reasons := strings.Join(violations(t, pod.Spec.Template), "; ")
			if !strings.Contains(strings.ToLower(reasons), strings.ToLower(name)) {
				t.Errorf("%s with another %s: %q", of, name, reasons)
			}
		}
	}
}

// The standard does not ask for these.
func TestPodsWriteToTmpOnlyAndHaveNoTokenOfKubernetes(t *testing.T) {
	for name, deployment := range deployments(t) {
		pod := deployment.Spec.Template.Spec
		container := pod.Containers[0]
		if read := container.SecurityContext.ReadOnlyRootFilesystem; read == nil || !*read {
			t.Errorf("%s: the root file system can be written", name)
		}
		if len(container.VolumeMounts) != 1 || container.VolumeMounts[0].MountPath != "/tmp" {
			t.Errorf("%s: mounts are %v", name, container.VolumeMounts)
		}
		if token := pod.AutomountServiceAccountToken; token == nil || *token {
			t.Errorf("%s: a token of Kubernetes is mounted", name)
		}
		if links := pod.EnableServiceLinks; links == nil || *links {
			t.Errorf("%s: Services are environment variables", name)
		}
		if strings.HasSuffix(container.Image, ":latest") || !strings.Contains(container.Image, ":") {
			t.Errorf("%s: the image is %s", name, container.Image)
		}
	}
}

// A Deployment has the port of the pages exactly if it has their role; the probes use the other port.
func TestPortsAndProbesFitTheRoles(t *testing.T) {
	for name, deployment := range deployments(t) {
		container := deployment.Spec.Template.Spec.Containers[0]
		var ports, roles string
		for _, port := range container.Ports {
			ports += port.Name + " "
		}
		for _, variable := range container.Env {
			if variable.Name == "ATTACHE_ROLES" {
				roles = variable.Value
			}
		}
		expected := "management "
		if strings.Contains(roles, "pages") {
			expected = "pages management "
		}
		if roles == "" || ports != expected {
			t.Errorf("%s: roles %q, ports %q", name, roles, ports)
		}
		for _, probe := range []*core.Probe{container.StartupProbe, container.LivenessProbe, container.ReadinessProbe} {
			if probe == nil || probe.HTTPGet.Port.StrVal != "management" {
				t.Errorf("%s: probe %v", name, probe)
			}
		}
	}
}

// First a pod waits for load balancers, then its inputs stop, then its pages: 28 s each, as HelmChartTests compares.
func TestPodsHaveTheTimeToStop(t *testing.T) {
	for name, deployment := range deployments(t) {
		pod := deployment.Spec.Template.Spec
		lifecycle := pod.Containers[0].Lifecycle
		if lifecycle == nil || lifecycle.PreStop.Sleep == nil || lifecycle.PreStop.Sleep.Seconds < 1 {
			t.Fatalf("%s: a pod stops before load balancers know it", name)
		}
		if grace := *pod.TerminationGracePeriodSeconds; grace <= lifecycle.PreStop.Sleep.Seconds+2*28 {
			t.Errorf("%s: %d s to stop", name, grace)
		}
	}
}

func TestARolloutAddsAPodBeforeItStopsOne(t *testing.T) {
	for name, deployment := range deployments(t) {
		rollout := deployment.Spec.Strategy.RollingUpdate
		if rollout == nil || rollout.MaxUnavailable.IntValue() != 0 || rollout.MaxSurge.IntValue() != 1 {
			t.Errorf("%s: %v", name, rollout)
		}
	}
}

// One budget for each Deployment, and one pod of it at a time.
func TestNodesAreDrainedPodByPod(t *testing.T) {
	budgets := 0
	for set, manifests := range sets(t) {
		for _, manifest := range manifests {
			if manifest.Kind != "PodDisruptionBudget" {
				continue
			}
			budgets++
			budget := read[disruption.PodDisruptionBudget](t, manifest)
			deployment, found := deployments(t)[set+"/"+budget.Name]
			if !found || !matches(budget.Spec.Selector.MatchLabels, deployment.Spec.Template.Labels) {
				t.Errorf("%s: the budget %s is for no Deployment of its name", set, budget.Name)
			}
			if budget.Spec.MaxUnavailable.IntValue() != 1 {
				t.Errorf("%s: the budget %s allows %v", set, budget.Name, budget.Spec.MaxUnavailable)
			}
		}
	}
	if budgets != len(deployments(t)) {
		t.Errorf("%d budgets for %d Deployments", budgets, len(deployments(t)))
	}
}

// Every selector of a Service finds pods of the same release, and only those with the port.
func TestServicesFindPods(t *testing.T) {
	for set, manifests := range sets(t) {
		for _, manifest := range manifests {
			if manifest.Kind != "Service" {
				continue
			}
			service := read[core.Service](t, manifest)
			found := 0
			for name, deployment := range deployments(t) {
				if strings.HasPrefix(name, set+"/") && matches(service.Spec.Selector, deployment.Spec.Template.Labels) {
					found++
					if !hasPort(deployment, service.Spec.Ports[0].TargetPort.StrVal) {
						t.Errorf("%s: Service %s finds %s, which does not have its port", set, service.Name, name)
					}
				}
			}
			if found != 1 {
				t.Errorf("%s: Service %s finds %d Deployments", set, service.Name, found)
			}
			if service.Spec.Ports[0].Port == 8081 && service.Spec.Type != core.ServiceTypeClusterIP {
				t.Errorf("%s: Service %s opens the management port as %s", set, service.Name, service.Spec.Type)
			}
		}
	}
}

// An Ingress leads to the pages, and never to the management port.
func TestIngressesLeadToThePagesOnly(t *testing.T) {
	for set, manifests := range sets(t) {
		for _, manifest := range manifests {
			if manifest.Kind != "Ingress" {
				continue
			}
			for _, rule := range read[networking.Ingress](t, manifest).Spec.Rules {
				for _, path := range rule.HTTP.Paths {
					if path.Backend.Service.Port.Name != "pages" || strings.HasSuffix(path.Backend.Service.Name, "-management") {
						t.Errorf("%s: Ingress leads to %v", set, path.Backend.Service)
					}
				}
			}
		}
	}
}

func matches(selector, labels map[string]string) bool {
	for name, value := range selector {
		if labels[name] != value {
			return false
		}
	}
	return true
}

func hasPort(deployment apps.Deployment, name string) bool {
	for _, port := range deployment.Spec.Template.Spec.Containers[0].Ports {
		if port.Name == name {
			return true
		}
	}
	return false
}

// A rule without "from" lets everybody in.
func TestTheManagementPortIsOpenToNamedNamespacesAndNetworksOnly(t *testing.T) {
	found := 0
	for set, manifests := range sets(t) {
		for _, manifest := range manifests {
			if manifest.Kind != "NetworkPolicy" {
				continue
			}
			found++
			policy := read[networking.NetworkPolicy](t, manifest)
			for _, rule := range policy.Spec.Ingress {
				if len(rule.Ports) != 1 || rule.Ports[0].Port.StrVal != "pages" && len(rule.From) == 0 {
					t.Errorf("%s: NetworkPolicy %s allows %v from %v", set, policy.Name, rule.Ports, rule.From)
				}
			}
		}
	}
	if found == 0 {
		t.Error("no set of values has a NetworkPolicy")
	}
}
