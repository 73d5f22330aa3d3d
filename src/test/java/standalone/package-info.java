/** An application that contains the binder and nothing else of the project. */
@org.jspecify.annotations.NullMarked
package standalone;
