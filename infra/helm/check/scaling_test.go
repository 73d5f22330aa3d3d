package check

import (
	"math"
	"strconv"
	"testing"

	"github.com/expr-lang/expr"
	"github.com/tidwall/gjson"
)

// What is needed of a ScaledObject. kubectl-validate compares it with KEDA's definition.
type scaledObject struct {
	Spec struct {
		Fallback *struct{} `json:"fallback"`
		Min      int       `json:"minReplicaCount"`
		Max      int       `json:"maxReplicaCount"`
		Advanced struct {
			Modifiers struct {
				Formula    string `json:"formula"`
				Target     string `json:"target"`
				MetricType string `json:"metricType"`
			} `json:"scalingModifiers"`
		} `json:"advanced"`
		Triggers []trigger `json:"triggers"`
	} `json:"spec"`
}

type trigger struct {
	Type     string            `json:"type"`
	Name     string            `json:"name"`
	Metadata map[string]string `json:"metadata"`
}

func scaledObjects(t *testing.T) map[string]scaledObject {
	t.Helper()
	found := map[string]scaledObject{}
	for set, manifests := range sets(t) {
		for _, manifest := range manifests {
			if manifest.Kind == "ScaledObject" {
				found[set] = loosely(t, manifest)
			}
		}
	}
	if len(found) != 3 {
		t.Fatalf("%d ScaledObjects, not 3", len(found))
	}
	return found
}

// metric is what KEDA makes of the values of all triggers (pkg/scaling/modifiers/formula.go, and castToFloatIfNecessary
// in its webhook): a trigger that has no value, or that the formula does not know, is an error.
func metric(t *testing.T, object scaledObject, values map[string]float64) float64 {
	t.Helper()
	known := map[string]float64{}
	for _, trigger := range object.Spec.Triggers {
		known[trigger.Name] = -1
	}
	program, err := expr.Compile("float("+object.Spec.Advanced.Modifiers.Formula+")", expr.Env(known), expr.AsFloat64())
	if err != nil {
		t.Fatal(err)
	}
	for name := range known {
		if _, given := values[name]; !given {
			t.Fatalf("no value for the trigger %s", name)
		}
	}
	value, err := expr.Run(program, values)
	if err != nil {
		t.Fatal(err)
	}
	return value.(float64)
}

// replicas is what the autoscaler of Kubernetes makes of a metric of type Value ("Horizontal Pod Autoscaling", section
// "Algorithm details"): nothing changes within a tolerance of 10 %. All pods are ready.
func replicas(t *testing.T, object scaledObject, pods int, value float64) int {
	t.Helper()
	if object.Spec.Advanced.Modifiers.MetricType != "Value" {
		t.Fatalf("the metric's type is %q", object.Spec.Advanced.Modifiers.MetricType)
	}
	target, err := strconv.ParseFloat(object.Spec.Advanced.Modifiers.Target, 64)
	if err != nil {
		t.Fatal(err)
	}
	ratio := value / target
	if math.Abs(1-ratio) <= 0.1 {
		return pods
	}
	return min(max(int(math.Ceil(ratio*float64(pods))), object.Spec.Min), object.Spec.Max)
}

func queues(values map[string]float64, pods, waiting float64) map[string]float64 {
	all := map[string]float64{
		"attachment_requests": 0, "purchases_completed": 0, "request_parts": 0,
		"objects_created": 0, "email_deliveries": 0, "newsletter_deliveries": 0,
		"pods": pods, "waiting": waiting,
	}
	for queue, messages := range values {
		all[queue] = messages
	}
	return all
}

func TestPodsFollowTheMessagesOfAllQueues(t *testing.T) {
	cases := []struct {
		name     string
		messages map[string]float64
		pods     int
		expected int
	}{
		{"nothing to do", nil, 6, 2},
		{"a backlog of one queue", map[string]float64{"email_deliveries": 3000}, 2, 6},
		{"backlogs of two queues", map[string]float64{"attachment_requests": 1000, "email_deliveries": 1000}, 2, 4},
		{"more than all pods are meant for", map[string]float64{"email_deliveries": 1000000}, 2, 10},
		{"the same backlog, and the pods for it", map[string]float64{"email_deliveries": 3000}, 6, 6},
		{"a little more", map[string]float64{"email_deliveries": 3200}, 6, 6},
		{"half of it", map[string]float64{"email_deliveries": 1500}, 6, 3},
	}
	for set, object := range scaledObjects(t) {
		for _, it := range cases {
			value := metric(t, object, queues(it.messages, float64(it.pods), 0))
			if actual := replicas(t, object, it.pods, value); actual != it.expected {
				t.Errorf("%s, %s: %d pods, not %d", set, it.name, actual, it.expected)
			}
		}
	}
}

func TestNothingChangesWhileAnInputDoesNotReceive(t *testing.T) {
	for set, object := range scaledObjects(t) {
		for _, messages := range []float64{0, 100, 1000000} {
			for pods := 1; pods <= object.Spec.Max; pods++ {
				// During a rollout there is a pod more than the Deployment asks for.
				for surge := 0; surge <= 1; surge++ {
					backlog := map[string]float64{"newsletter_deliveries": messages}
					value := metric(t, object, queues(backlog, float64(pods+surge), 1))
					if actual := replicas(t, object, pods, value); actual != pods {
						t.Errorf("%s: %d pods become %d, with %v messages", set, pods, actual, messages)
					}
				}
			}
		}
	}
}

// With a fallback, KEDA would answer with a number of pods in place of the error that leaves them as they are.
func TestAMissingValueIsAnError(t *testing.T) {
	for set, object := range scaledObjects(t) {
		if object.Spec.Fallback != nil {
			t.Errorf("%s has a fallback", set)
		}
		for _, trigger := range object.Spec.Triggers {
			if trigger.Type == "prometheus" && trigger.Metadata["ignoreNullValues"] != "false" {
				t.Errorf("%s: %s takes no series for 0", set, trigger.Name)
			}
		}
	}
}

func TestMessagesInFlightCount(t *testing.T) {
	for set, object := range scaledObjects(t) {
		count := 0
		for _, trigger := range object.Spec.Triggers {
			if trigger.Type == "aws-sqs-queue" && trigger.Metadata["scaleOnInFlight"] == "true" {
				count++
			}
		}
		if count != 6 {
			t.Errorf("%s: %d triggers count messages in flight", set, count)
		}
	}
}

// The worker's answer, as /actuator/health/binders gives it to an operator.
const answer = `{"status":"UP","components":{"sqs":{"status":"UP","details":{
	"attachment-requests":{"state":"%1","gate":"OPEN","inFlight":0},
	"email-deliveries":{"state":"%2","gate":"OPEN","inFlight":3}}}}}`

func TestTheWorkersAnswerSaysHowManyInputsDoNotReceive(t *testing.T) {
	cases := []struct {
		first, second string
		expected      gjson.Result
	}{
		{"receiving", "receiving", gjson.Result{Type: gjson.Number, Num: 0}},
		{"paused", "receiving", gjson.Result{Type: gjson.Number, Num: 1}},
		{"receiving", "waiting for mail and mail-sender", gjson.Result{Type: gjson.Number, Num: 1}},
		{"stopped", "overdue", gjson.Result{Type: gjson.Number, Num: 2}},
	}
	for _, object := range scaledObjects(t) {
		for _, trigger := range object.Spec.Triggers {
			if trigger.Type != "metrics-api" {
				continue
			}
			location := trigger.Metadata["valueLocation"]
			for _, it := range cases {
				text := replace(answer, "%1", it.first, "%2", it.second)
				if actual := gjson.Get(text, location); actual.Type != it.expected.Type || actual.Num != it.expected.Num {
					t.Errorf("%s, %s: %v", it.first, it.second, actual)
				}
			}
			// Without a password, health has no details. KEDA refuses what is not a number.
			if actual := gjson.Get(`{"status":"UP"}`, location); actual.Type == gjson.Number && actual.Num == 0 {
				t.Errorf("an answer without details says that all inputs receive")
			}
		}
	}
}
